"use strict";
(() => {
@include text.js
@include theme.js
@include search.js
@include copy.js
byId("theme").hidden = false;
theme.start();
startSearch();
startCopy();
})();
