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
const UNREAD_FOOD_COLUMNS: readonly string[] = [
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

/** A table of IBSafe's in schema `public`, as the app's own migrations leave it: no column has a default (IBSAFE.md §2). */
export interface IbsafeTable {
  readonly name: string;
  /** The type of `id`, an identity that an insert may set itself; bigint but for the accounts. */
  readonly idType?: 'int';
  /** The other columns, as CREATE TABLE has them. */
  readonly columns: string;
  readonly unique?: readonly (readonly string[])[];
  /** Column → table whose `id` it holds. */
  readonly references?: Readonly<Record<string, string>>;
}

const STAMPS = 'created_at timestamptz not null, updated_at timestamptz not null';
const OF_A_USER = { user_id: 'auth_user' };

const AUTH_USER: IbsafeTable = {
  name: 'auth_user',
  idType: 'int',
  columns: `password varchar(128) not null, last_login timestamptz, is_superuser boolean not null, username varchar(150) not null,
    first_name varchar(150) not null, last_name varchar(150) not null, email varchar(254) not null, is_staff boolean not null,
    is_active boolean not null, date_joined timestamptz not null`,
  unique: [['username']],
};

const USER_PROFILE: IbsafeTable = {
  name: 'ibsafe_userprofile',
  columns: `profile_image varchar(500), phone_number varchar(20), gender varchar(10), birth_date date, height int, weight numeric(5,1),
    step_count int not null, sleep_time int not null, water_intake int not null,
    has_breakfast boolean not null, has_lunch boolean not null, has_dinner boolean not null,
    has_gluten_allergy boolean not null, has_lactose_allergy boolean not null, has_nut_allergy boolean not null,
    has_seafood_allergy boolean not null, has_egg_allergy boolean not null, has_soy_allergy boolean not null,
    has_lactose_intolerance boolean not null, food_preference text, is_password_changed boolean not null, ${STAMPS}, user_id int not null`,
  unique: [['user_id']],
  references: OF_A_USER,
};

const FOOD_CATEGORY: IbsafeTable = {
  name: 'ibsafe_foodcategory',
  columns: `main_category_code int not null, main_category_name varchar(50) not null, middle_category_code int, middle_category_name varchar(50),
    sub_category_code int, sub_category_name varchar(50), detail_category_code int, detail_category_name varchar(50),
    representative_food_code int, representative_food_name varchar(50)`,
};

const FOOD: IbsafeTable = {
  name: 'ibsafe_food',
  columns: `food_code varchar(20) not null, food_name varchar(100) not null, energy_kcal int, dietary_fiber_g numeric(8,2),
    dietary_fiber_type varchar(10), fodmap varchar(50), fodmap_basis text,
    ${UNREAD_FOOD_COLUMNS.map((name) => `${name} numeric(8,2)`).join(', ')},
    ${STAMPS}, category_id bigint not null`,
  unique: [['food_code']],
  references: { category_id: 'ibsafe_foodcategory' },
};

const FOOD_RECORD: IbsafeTable = {
  name: 'ibsafe_userfoodrecord',
  columns: `meal_type varchar(20) not null, amount numeric(8,2) not null, record_date date not null, ${STAMPS},
    food_id bigint not null, user_id int not null`,
  unique: [['user_id', 'food_id', 'meal_type', 'record_date']],
  references: { food_id: 'ibsafe_food', ...OF_A_USER },
};

const EXERCISE_RECORD: IbsafeTable = {
  name: 'ibsafe_userexerciserecord',
  columns: `target_steps int not null, current_steps int not null, record_date date not null, ${STAMPS}, user_id int not null`,
  unique: [['user_id', 'record_date']],
  references: OF_A_USER,
};

const SLEEP_RECORD: IbsafeTable = {
  name: 'ibsafe_usersleeprecord',
  columns: `sleep_minutes int not null, record_date date not null, ${STAMPS}, user_id int not null`,
  unique: [['user_id', 'record_date']],
  references: OF_A_USER,
};

const INTERVENTION_RECORD: IbsafeTable = {
  name: 'ibsafe_interventionrecord',
  columns: `record_date date not null, target_date date not null, gubun varchar(10) not null, diet_evaluation text not null, diet_target jsonb,
    food_evaluation text, input_fodmap_count jsonb, sleep_evaluation text, sleep_target double precision, exercise_evaluation text not null,
    exercise_target int, processing_time double precision not null, error_message text, input_allergies jsonb, input_restrictions jsonb,
    input_recent_3days jsonb, input_week_step jsonb, input_today_diet jsonb, outputs jsonb, input_today_sleep double precision,
    input_use_rag boolean, input_ollama_model varchar(100), ${STAMPS}, user_id int not null`,
  unique: [['user_id', 'record_date', 'gubun']],
  references: OF_A_USER,
};

const BATCH_SCHEDULE: IbsafeTable = {
  name: 'ibsafe_batchschedule',
  columns: `name varchar(100) not null, frequency varchar(20) not null, hour int not null, minute int not null, is_active boolean not null,
    ${STAMPS}`,
};

/** IBSafe's tables that the batch touches, a table after those it refers to. Source: IBSAFE.md §2. */
export const IBSAFE_TABLES: readonly IbsafeTable[] = [
  AUTH_USER,
  USER_PROFILE,
  FOOD_CATEGORY,
  FOOD,
  FOOD_RECORD,
  EXERCISE_RECORD,
  SLEEP_RECORD,
  INTERVENTION_RECORD,
  BATCH_SCHEDULE,
];
