// The whole page, from top to bottom.

theme.start();
showSummary();
showMatrix();
showFilters();
showPoints();
showFacts();
showCases();
