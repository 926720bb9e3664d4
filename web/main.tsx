import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, loadFirstPage } from './app/app.tsx';
import './styles/main.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const page = createRoot(root);
// Not by `await`: the code that is loaded imports this file's, which would wait for itself.
void loadFirstPage(location.pathname).then(() =>
  page.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
