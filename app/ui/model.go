package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/tunnel"
)

// model is everything the window shows apart from the rows of the list and the
// capture in the detail pane. It is made away from the UI goroutine and not
// changed once it was handed over.
type model struct {
	counts    inspector.Counts
	endpoints []endpointItem
	tunnel    tunnel.Status
	unknown   *tunnel.HostKey // of the tunnel's server, nil when it is known
	shop      engine.Shop
	paused    bool
	queues    []inspector.Queue
	problems  []string
	own       []string // what is wrong with the user's own providers
	chosen    settings.Settings
	trouble   string // why the store could not be read, "" when it could
}

// endpointItem is one entry of the sidebar's list of endpoints.
type endpointItem struct {
	settings.Endpoint
	// Known is false for a name that captures carry but no endpoint has: a
	// sample, or an endpoint that was removed.
	known        bool
	mark, colour string
	provider     string // the provider's name, "" when none was chosen or it is not known
	url          string
	count        int
}

// loadModel asks the engine for everything at once. It reads memory only.
func loadModel(e *engine.Engine, names sampleNames) *model {
	m := &model{
		counts: e.Store().Counts(), tunnel: e.Tunnel(), unknown: e.UnknownHost(), shop: e.Shop(),
		paused: e.Inspector().Paused(), queues: e.Inspector().Queues(), problems: e.Problems(),
		chosen: e.Settings(),
	}
	if err := e.ProviderProblem(); err != nil {
		m.own = append(m.own, err.Error())
	}
	catalog := e.Catalog()
	m.own = append(m.own, catalog.Replaced()...)
	for _, ep := range m.chosen.Endpoints {
		item := newEndpointItem(catalog, ep)
		item.url, item.count = e.EndpointURL(ep.Name), m.counts.Endpoint[ep.Name]
		m.endpoints = append(m.endpoints, item)
	}
	m.endpoints = append(m.endpoints, m.strangers(catalog, names)...)
	return m
}

func newEndpointItem(catalog providers.Catalog, ep settings.Endpoint) endpointItem {
	item := endpointItem{Endpoint: ep, known: true, mark: "*"}
	if p, ok := catalog.Get(ep.Provider); ok {
		item.mark, item.colour, item.provider = p.Mark, p.Colour, p.Name
	}
	return item
}

// sender is whose deliveries the endpoint takes, for people.
func (ep endpointItem) sender() string {
	if ep.known && ep.provider == "" {
		return lang.L("any provider")
	}
	return ep.provider
}

// standing says what is wrong for the time being.
func (m *model) standing() []string {
	says := slices.Clone(m.problems)
	for _, why := range m.own {
		says = append(says, lang.L("Own providers: {{.Why}}", map[string]any{"Why": why}))
	}
	return says
}

// strangers are the endpoint names of kept captures that are not configured,
// in name order, so that every capture can be reached from the sidebar.
func (m *model) strangers(catalog providers.Catalog, names sampleNames) []endpointItem {
	var items []endpointItem
	for name, count := range m.counts.Endpoint {
		if count > 0 && m.endpoint(name) == nil {
			items = append(items, strangerItem(catalog, names, name, count))
		}
	}
	slices.SortFunc(items, func(a, b endpointItem) int { return strings.Compare(a.Name, b.Name) })
	return items
}

func strangerItem(catalog providers.Catalog, names sampleNames, name string, count int) endpointItem {
	item := endpointItem{Endpoint: settings.Endpoint{Name: name}, mark: "?", count: count}
	if p, known := names.provider(catalog, name); known {
		item.mark, item.colour, item.provider = p.Mark, p.Colour, p.Name
		item.Provider = p.ID
	}
	return item
}

// sampleNames remembers which provider's sample an endpoint name is, "" for
// none, so that the catalogue is not gone through at each refresh.
type sampleNames map[string]string

// provider finds the provider of an endpoint that the engine made for a sample.
func (n sampleNames) provider(catalog providers.Catalog, name string) (providers.Provider, bool) {
	called, sample := strings.CutSuffix(name, " sample") // what the engine calls its own
	if !sample {
		return providers.Provider{}, false
	}
	id, asked := n[name]
	if p, known := catalog.Get(id); asked && (id == "" || known && p.Name == called) {
		return p, known
	}
	n[name] = ""
	for _, p := range catalog.All() {
		if p.Name == called {
			n[name] = p.ID
			return p, true
		}
	}
	return providers.Provider{}, false
}

// endpoint returns the entry of that name, nil when there is none.
func (m *model) endpoint(name string) *endpointItem {
	for i := range m.endpoints {
		if m.endpoints[i].Name == name {
			return &m.endpoints[i]
		}
	}
	return nil
}

// configured tells whether the user has set up an endpoint.
func (m *model) configured() bool {
	return slices.ContainsFunc(m.endpoints, func(ep endpointItem) bool { return ep.known })
}

// fresh tells that there is nothing to show yet but the first steps.
func (m *model) fresh() bool {
	return m.counts.All == 0 && !m.configured() && m.trouble == ""
}
