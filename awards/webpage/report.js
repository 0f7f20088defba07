"use strict";
(() => {
  const name = document.getElementById("name");
  const school = document.getElementById("school");
  const found = document.getElementById("found");
  const rows = [...document.querySelectorAll(".row")];
  const plain = (text) => text.normalize("NFKC").replace(/\s/g, "").toLowerCase();
  const show = () => {
    const wanted = plain(name.value);
    let count = 0;
    for (const row of rows) {
      const fits = plain(row.dataset.name).includes(wanted)
        && (!school.value || row.dataset.school === school.value);
      row.hidden = !fits;
      count += fits;
    }
    found.textContent = wanted || school.value ? found.dataset.says.replace("{}", count) : "";
  };
  name.addEventListener("input", show);
  school.addEventListener("change", show);
  document.querySelector(".search").addEventListener("submit", (event) => event.preventDefault());
})();
