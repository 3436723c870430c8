import { useQuery } from 'urql';
import { graphql } from '../../graphql/graphql.js';
import { useMay } from '../../graphql/role.js';
import { useWords } from '../../language/use-words.js';

const QUICK = graphql(`
  query QuickDoctor {
    doctor(quick: true) {
      findings {
        code
        level
        message: message(language: EN)
        messageKo: message(language: KO)
        advice: advice(language: EN)
        adviceKo: advice(language: KO)
      }
    }
  }
`);

/**
 * What the doctor found of something that is not as it should be, in the reader's language. Asked for only where something is, and not for viewers, for
 * whom the service would refuse it: undefined then, until the answer is there, and where all is well by now.
 */
export function useFinding(code: string): { readonly message: string; readonly advice: string | null } | undefined {
  const may = useMay('operator');
  const { language } = useWords();
  const [{ data }] = useQuery({ query: QUICK, pause: !may });
  const found = data?.doctor.findings.find((finding) => finding.code === code && finding.level !== 'OK');
  if (found === undefined) return undefined;
  return language === 'ko' ? { message: found.messageKo, advice: found.adviceKo } : { message: found.message, advice: found.advice };
}
