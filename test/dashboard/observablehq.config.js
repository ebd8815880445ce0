// Nothing is asked of other servers: neither fonts nor a search index.
export default {
	title: "Bubble scoreboard",
	root: "src",
	globalStylesheets: [],
	search: false,
	sidebar: false,
	toc: false,
	pager: false,
	footer: ""
};
