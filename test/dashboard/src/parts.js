// Days become times of UTC.
export function parsed(rows) {
	const days = /^\d{4}-\d\d-\d\d$/;

	return rows.map((row) => Object.fromEntries(Object.entries(row).map(
		([name, value]) => [name, days.test(value) ? new Date(value) : value])));
}

export const percent = (fraction) => `${Math.round(100 * fraction)} %`;

export const ticks = (width) => Math.max(3, Math.round(width / 110));

// A labelled list of what there is to choose from, for view().
export function chooser(label, values, chosen) {
	const form = document.createElement("label");
	const list = document.createElement("select");

	for (const value of new Set(values))
		list.add(new Option(value, value, value === chosen, value === chosen));
	form.append(`${label} `, list);
	form.value = list.value;
	list.addEventListener("input", () => { form.value = list.value; });
	return form;
}
