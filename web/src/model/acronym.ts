// The shortest name of an organization or a body that people know it by.

// Where the language has no short name, the last part of the id is the acronym that papers use: UNHCR of UN.UNHCR. What data/
// does not list (doc:…) and parts of an organization (OIC#Member States) have none, and States keep their names.
//   example  acronymOf({ id: 'UN.UNHCR', name: 'مفوضية …', short: 'مفوضية …' }) is 'UNHCR'
export function acronymOf(named: { id: string; name: string; short?: string }): string {
  if (named.short && named.short !== named.name) return named.short;
  const parts = named.id.split('.');
  const last = parts.at(-1) ?? '';
  // What is spelled out is no acronym: UN.SECRETARIAT.
  if (!/^[A-Z][A-Z0-9-]{1,8}$/.test(last)) return named.name;
  // Two letters say little without the organization: OIC.GS.
  return last.length > 2 ? last : parts.slice(-2).join('.');
}
