import { MARK_VERDICTS } from '../domain/review/mark-events.js';
import { RISK_REASONS } from '../domain/review/risk.js';
import { enumOf } from './enums.js';

export const MarkVerdictEnum = enumOf(MARK_VERDICTS, {
  name: 'MarkVerdict',
  description: 'What a reviewer says of advice.',
  values: {
    FINE: 'It may be said to this patient. Points that are named are doubted no more.',
    UNCLEAR: 'A patient may misunderstand it.',
    WRONG: 'It is not true, or not for this patient.',
    HARMFUL: 'It may harm this patient.',
  },
});

export const RiskReasonEnum = enumOf(RISK_REASONS, {
  name: 'RiskReason',
  description: 'Why advice is shown to a reviewer, the greater risk first.',
  values: {
    DOUBTED_POINT: 'A mark says of one of its points that it is wrong or harmful. `items` names the points.',
    MANY_ALLERGIES: 'The patient has three or more allergies and restrictions.',
    NEW_POINT: 'No reviewer has seen one of its points, and it is not signed. `items` names the points.',
    NEW_DISH: 'No reviewer has seen one of its dishes, and it is not signed. `items` names the dishes.',
    FALLBACK: 'The rules stood in for the model. `items` says why.',
    GATE_FOUND: 'The safety gate found something on the way. What was saved has none of it.',
    NEW_VERSION: 'Its vocabulary or its prompt is in its first three days. `items` names the versions.',
    RANDOM: 'By chance.',
  },
});
