// The statuses that an account can be given by hand (data/access; docs/access.md, statuses): "OSCE/member" is a status of a
// State in an organization.

// Among the statuses of an account: those that the register gives its party for the instant.
export const byRegister = 'register';

export const statusIds = [
  'OSCE/participating_state',
  'OSCE/partner_for_cooperation',
  'OSCE/partner_mediterranean',
  'OSCE/partner_asian',
  'UN/member',
  'UN/observer',
  'OIC/member',
  'OIC/observer',
  'CSTO/member',
  'SCO/member',
  'SCO/observer',
  'SCO/dialogue_partner',
  'CIS/member',
  'CIS/associate',
  'AU/member',
  'LAS/member',
  'LAS/observer',
  'GCC/member',
  'EU/member',
  'COE/member',
  'COE/observer',
  'NATO/member',
  'ASEAN/member'
];
