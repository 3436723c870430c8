import { SIGNABLE_KINDS } from '../domain/signing/signable.js';
import { SHOWN_LINES } from '../domain/signing/signable-row.js';
import { SIGNING_STATES } from '../domain/signing/signature.js';
import { enumOf } from './enums.js';

export const SignableKindEnum = enumOf(SIGNABLE_KINDS, {
  name: 'SignableKind',
  description: 'What a dietitian signs.',
  values: {
    POINT: 'Something that advice can say: when it is said, and on whose word.',
    WORDING: 'One sentence of a point in one language, with what makes it true.',
    DISH: 'A dish: its recipe, what it comes to, and how it is offered.',
    INGREDIENT: 'An ingredient with its figures.',
  },
});

export const SigningStateEnum = enumOf(SIGNING_STATES, {
  name: 'SigningState',
  description: 'How it stands with a row’s signature.',
  values: {
    UNSIGNED: 'No signature stands.',
    SIGNED: 'It is signed as it is shown now.',
    CHANGED: 'It changed since it was signed, and is not signed any more.',
  },
});

export const ShownLineEnum = enumOf(SHOWN_LINES, {
  name: 'ShownLine',
  description: 'What a line of a row tells.',
  values: {
    TEXT: 'The sentence, with places for names and figures in braces.',
    FIELD: 'The text of advice that it stands in.',
    FAMILY: 'What it is about.',
    CONDITION: 'When it is true.',
    FACT: 'What a name in the condition or the sentence means.',
    PRIORITY: 'How important it is: 100 and above are said whenever they are true.',
    CATEGORY: 'What kind of dish it is.',
    MEALS: 'The meals that it is offered at.',
    SERVING: 'One serving.',
    RECIPE: 'What is in one serving.',
    AS_COOKED: 'What a serving comes to as it is usually cooked: computed.',
    AS_OFFERED: 'A way in which it is offered, and what that comes to: computed.',
    ALIASES: 'Other names that it goes by.',
    GROUP: 'What kind of food it is.',
    ALLERGENS: 'Its allergens.',
    ALLERGEN_SOURCE: 'Where its allergens are from.',
    FODMAP: 'Up to how many grams a serving is low, and from how many it is high.',
    FODMAP_SOURCE: 'Where these grams are from.',
    NUTRIENTS: 'Fibre, fat and energy.',
    NUTRIENT_SOURCE: 'Where these figures are from.',
    HOT: 'Whether it is hot.',
    SOURCE: 'What it rests on.',
  },
});
