// The commands can be copied where the browser lets a page do so.

function startCopy() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => navigator.clipboard.writeText(button.previousElementSibling.textContent)
      .then(() => { button.textContent = "Copied"; }, () => { button.textContent = "Select and copy"; }));
  }
}
