import { SetPreferences } from '../../../application/commands/set-preferences';
import { notificationKinds } from '../../../records/preferences';
import { PreferencesBody } from '../bodies/preferences';
import { record, type RecordRoute } from '../record-route';

export const preferenceRoutes: readonly RecordRoute[] = [
  record(
    'SetPreferences',
    {
      method: 'PUT',
      path: '/v1/participants/:participantId/preferences',
      summary: 'Say how, and of what, a person wants to be told; what is left out becomes the default again',
      body: PreferencesBody,
      status: 200,
      shape: 'Preferences',
    },
    ({ caller, inPath }, { timeZone, digestHour, quietHours, kinds }) => {
      const off = notificationKinds.filter((kind) => kinds[kind] === false);
      return new SetPreferences(caller, inPath('participantId'), { timeZone, digestHour, quietHours, off });
    },
  ),
];
