/** Puts the wizard on the page. */
import '../core/without-eval.ts';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { call } from './client.ts';
import { keptLanguage } from './i18n/use-text.ts';
import { noticeSleep } from './notice-sleep.ts';
import { steps } from './steps/index.ts';
import { WizardContext } from './use-wizard.ts';
import { createWizard } from './wizard.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/side.css';
import './styles/controls.css';
import './styles/fields.css';
import './styles/results.css';
import './styles/details.css';
import './styles/path.css';
import './styles/practice.css';
import './styles/path-upright.css';
import './styles/contrast.css';
import './styles/paper.css';
import './styles/clients.css';
import './styles/client.css';
import './styles/schedule.css';

const store = createWizard({ call, steps, language: keptLanguage() });
// What was found before a sleep is marked with its age, and looked at again by one button.
noticeSleep(() => store.getState().note({ fresh: [], oldHidden: false }));
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <CSPProvider disableStyleElements>
      <WizardContext value={{ store, steps }}>
        <App />
      </WizardContext>
    </CSPProvider>,
  );
