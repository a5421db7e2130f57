import { StartError } from '../../platform/start-error';
import { readConnectionString } from './connection-string';

describe('a connection string', () => {
  it('names a host, with defaults for all else', () => {
    expect(readConnectionString('esdb://log.example')).toEqual({
      hosts: [{ address: 'log.example', port: 2113 }],
      discover: 'none',
      tls: { verify: true, authority: undefined, own: undefined },
      credentials: undefined,
      nodePreference: 'leader',
      tuning: {},
      connectionName: undefined,
      shown: 'esdb://log.example:2113',
    });
  });

  it('has credentials in which anything may be written with percent signs', () => {
    const { credentials, shown } = readConnectionString('esdb://us%40er:p%40ss:wo%2Frd@a:1?tls=false');
    expect(credentials).toEqual({ username: 'us@er', password: 'p@ss:wo/rd' });
    expect(shown).toBe('esdb://a:1');
  });

  it.each([
    ['esdb+discover://cluster.example', 'dns', 1],
    ['kurrentdb+discover://cluster.example:2113/?tls=true', 'dns', 1],
    ['kurrentdb://a:1,b:2,c:3', 'gossip', 3],
    ['ESDB://a:1/', 'none', 1],
    ['esdb://[::1]:2113', 'none', 1],
  ])('%s is looked up by %s', (text, discover, hosts) => {
    const read = readConnectionString(text);
    expect(read.discover).toBe(discover);
    expect(read.hosts).toHaveLength(hosts);
  });

  it('has options, whichever way they are written', () => {
    const read = readConnectionString(
      'esdb://a?NodePreference=read-only-replica&KEEPALIVEINTERVAL=-1&gossip_timeout=3&connectionName=my%20app&' +
        'throwOnAppendFailure=false&tlsVerifyCert=false',
    );
    expect(read).toMatchObject({
      nodePreference: 'read_only_replica',
      tuning: { keepAliveInterval: -1, gossipTimeout: 3 },
      connectionName: 'my app',
      tls: { verify: false },
    });
  });

  it.each([
    ['', 'does not begin with esdb://'],
    ['esdb:localhost', 'does not begin with esdb://'],
    ['esdb://', 'host is missing'],
    ['esdb://a:99999', 'malformed'],
    ['esdb://a,,b', 'host is missing'],
    ['esdb://user@a', 'no user with a password'],
    ['esdb://user:@a', 'no user with a password'],
    ['esdb://user:%zz@a', 'its password is not percent-encoded'],
    ['esdb://a?tls', 'its option tls has no value'],
    ['esdb://a?nodePreference=none', 'nodePreference is leader'],
    ['esdb://a?gossipTimeout=soon', 'gossipTimeout is a whole number'],
    ['esdb://a?userCertFile=/x.crt', 'userCertFile and userKeyFile go together'],
    ['esdb://a?colour=red', 'there is no option colour'],
  ])('%p is refused: %s', (text, reason) => {
    expect(() => readConnectionString(text)).toThrow(StartError);
    expect(() => readConnectionString(text)).toThrow(reason);
  });
});
