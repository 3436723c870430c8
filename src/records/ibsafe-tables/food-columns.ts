const MACRONUTRIENTS = words(`
  water_g protein_g fat_g ash_g carbohydrate_g alcohol_g cholesterol_mg caffeine_mg salt_equivalent_g sugars_g sucrose_g glucose_g fructose_g
  lactose_g maltose_g galactose_g starch_g sugar_alcohol_g sorbitol_g mannitol_g fructan_g galactan_g soluble_fiber_g insoluble_fiber_g`);

const MINERALS = [
  ...words('calcium iron magnesium phosphorus potassium sodium zinc copper manganese chloride sulfur').map(inMg),
  ...words('selenium molybdenum iodine chromium fluoride').map(inUg),
];

const VITAMINS = [
  ...words(`
    vitamin_a_rae retinol alpha_carotene beta_carotene beta_cryptoxanthin lycopene lutein_zeaxanthin vitamin_d vitamin_d2 vitamin_d3
    vitamin_k vitamin_k1 vitamin_k2 folate_dfe food_folate folic_acid vitamin_b12 biotin`).map(inUg),
  ...words(`
    vitamin_e alpha_tocopherol beta_tocopherol gamma_tocopherol delta_tocopherol alpha_tocotrienol beta_tocotrienol gamma_tocotrienol
    delta_tocotrienol vitamin_c thiamin riboflavin niacin niacin_equivalent pantothenic_acid vitamin_b6 choline`).map(inMg),
];

const AMINO_ACIDS = words(`
  total_amino_acids essential_amino_acids nonessential_amino_acids branched_chain_amino_acids isoleucine leucine lysine methionine cystine
  phenylalanine tyrosine threonine tryptophan valine histidine arginine alanine aspartic_acid glutamic_acid glycine proline serine taurine
  hydroxyproline`).map(inMg);

/** Carbon atoms, double bonds and, where one figure has several forms, the place of the first double bond. */
const FATTY_ACIDS = words(`
  4_0 6_0 8_0 10_0 12_0 13_0 14_0 15_0 16_0 17_0 18_0 20_0 21_0 22_0 23_0 24_0 14_1 15_1 16_1 17_1 18_1_n9 18_1_n7 20_1 22_1 24_1
  18_1_trans 18_2_trans 18_2_n6 18_3_n6 18_3_n3 18_4_n3 20_2_n6 20_3_n6 20_3_n3 20_4_n6 20_5_n3 22_2 22_4 22_5_n3 22_6_n3`).map((chain) =>
  inMg(`fatty_acid_${chain}`),
);

const FATTY_ACID_SUMS = words('total essential saturated monounsaturated polyunsaturated trans omega3 omega6').map(
  (kind) => `${kind}_fatty_acids_g`,
);

/**
 * The food-composition columns of `ibsafe_food` that the batch never reads, in the unit each name ends with, per 100 g. The names are ours:
 * what matters is that the table is as wide as IBSafe's (158 columns, IBSAFE.md §2), so that reading it costs what it costs there.
 */
export const UNREAD_FOOD_COLUMNS: readonly string[] = [
  ...MACRONUTRIENTS,
  ...MINERALS,
  ...VITAMINS,
  ...AMINO_ACIDS,
  ...FATTY_ACIDS,
  ...FATTY_ACID_SUMS,
];

function inMg(name: string): string {
  return `${name}_mg`;
}

function inUg(name: string): string {
  return `${name}_ug`;
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
