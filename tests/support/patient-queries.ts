import { configure } from '@testing-library/react';

// Parts of the page load late, which takes a busy machine longer than the second that the library waits.
configure({ asyncUtilTimeout: 10_000 });
