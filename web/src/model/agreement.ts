// How far two reviewers agree beyond chance (Cohen 1960), in the words that Landis and Koch (1977) gave to the numbers.

export type Strength = 'none' | 'slight' | 'fair' | 'moderate' | 'substantial' | 'almostPerfect';

//   example  strengthOf(0.71) is 'substantial'
export function strengthOf(kappa: number): Strength {
  if (kappa < 0) return 'none';
  if (kappa <= 0.2) return 'slight';
  if (kappa <= 0.4) return 'fair';
  if (kappa <= 0.6) return 'moderate';
  if (kappa <= 0.8) return 'substantial';
  return 'almostPerfect';
}
