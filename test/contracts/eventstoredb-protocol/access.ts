import { status, type Metadata } from '@grpc/grpc-js';
import { MemberInfo, type ClusterInfo } from '@eventstore/db-client/generated/gossip_pb';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { answered, type RawClient } from '../../support/eventstoredb/raw-client';
import { batchRequest, rawEvent, readRequest } from '../../support/eventstoredb/raw-requests';
import { appendRaw, batchRaw, newName } from './appends';

const { LEADER } = MemberInfo.VNodeState;

export function describeProtocolOfNodes(client: () => RawClient): void {
  const features = (headers = client().headers(null)) =>
    answered<SupportedMethods>((answer) => client().features.getSupportedMethods(new Empty(), headers, answer));
  const gossip = (headers = client().headers(null)) =>
    answered<ClusterInfo>((answer) => client().gossip.read(new Empty(), headers, answer));

  it('says to anyone which methods it has', async () => {
    const answer = await features();
    if ('code' in answer) throw new Error(answer.details);
    expect(answer.getEventStoreServerVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    const streams = answer.getMethodsList().filter((method) => method.getServiceName().includes('streams.streams'));
    expect(Object.fromEntries(streams.map((method) => [method.getMethodName(), method.getFeaturesList()]))).toEqual({
      read: ['position', 'events'],
      append: [],
      delete: [],
      tombstone: [],
      batchappend: ['deadline_duration'],
    });
    expect(new Set(streams.map((method) => method.getServiceName()))).toEqual(
      new Set(['event_store.client.streams.streams']),
    );
  });

  it('says to anyone who leads and where', async () => {
    const answer = await gossip();
    if ('code' in answer) throw new Error(answer.details);
    const leader = answer.getMembersList().find((member) => member.getState() === LEADER);
    expect(leader?.getIsAlive()).toBe(true);
    expect(leader?.getHttpEndPoint()?.getPort()).toBeGreaterThan(0);
    expect(leader?.getInstanceId()?.hasStructured()).toBe(true);
    const [ticks, now] = [Number(BigInt(leader?.getTimeStamp() ?? 0) / 10_000n), Date.now()];
    expect(Math.abs(ticks - now)).toBeLessThan(365 * 86_400_000);
  });
}

/** For a server that knows users. */
export function describeProtocolOfAccess(client: () => RawClient): void {
  const wrong = () => client().headers({ user: 'admin', password: 'not it' });
  const none = () => client().headers(null);
  const ways: [string, (headers: Metadata) => Promise<unknown>][] = [
    ['an append', (headers) => appendRaw(client(), newName(), 'any', [rawEvent()], headers)],
    ['a read of a stream', (headers) => client().read(readRequest(newName()), headers).ended],
    ['a read of $all', (headers) => client().read(readRequest('$all', { count: 1 }), headers).ended],
    ['a subscription', (headers) => client().read(readRequest('$all', { subscribe: true }), headers).ended],
  ];

  it.each(ways)('refuses %s without credentials, and with wrong ones', async (_, call) => {
    expect(await call(none())).toEqual({
      code: status.PERMISSION_DENIED,
      details: 'Access Denied',
      trailers: { exception: 'access-denied' },
    });
    expect(await call(wrong())).toEqual({ code: status.UNAUTHENTICATED, details: 'Unauthenticated', trailers: {} });
  });

  it('refuses a batched append by itself without credentials, but the whole call with wrong ones', async () => {
    const request = () => batchRequest(newName(), 'any', [rawEvent()]);
    const { answers } = await batchRaw(client(), [request()], none());
    expect(answers[0]?.getError()?.toObject()).toMatchObject({ code: 7, message: 'AccessDenied' });
    expect(await batchRaw(client(), [request()], wrong())).toMatchObject({
      answers: [],
      ending: { code: status.UNAUTHENTICATED, details: 'Unauthenticated' },
    });
  });

  it('refuses wrong credentials even where none are needed', async () => {
    const answer = await answered<ClusterInfo>((done) => client().gossip.read(new Empty(), wrong(), done));
    expect(answer).toMatchObject({ code: status.UNAUTHENTICATED });
  });

  it('serves whom it knows', async () => {
    expect(await appendRaw(client(), newName(), 'any', [rawEvent()])).not.toHaveProperty('code');
    expect(await client().read(readRequest('$all', { count: 3 })).ended).toMatchObject({ code: status.OK });
  });
}
