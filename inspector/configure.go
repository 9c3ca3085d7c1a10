package inspector

import (
	"net/http"
	"net/url"

	"shopbell/providers"
)

// Configure replaces shop and endpoints; deliveries under way finish as they
// began. After an error nothing has changed.
func (i *Inspector) Configure(shop *url.URL, endpoints []Endpoint) error {
	i.configuring.Lock()
	defer i.configuring.Unlock()
	return i.install(i.catalog(), shop, endpoints)
}

// Try tells what Configure would answer, and changes nothing.
func (i *Inspector) Try(shop *url.URL, endpoints []Endpoint) error {
	_, err := newSetup(i.catalog(), i.keys, shop, endpoints)
	return err
}

// SetCatalog replaces the catalogue, for shop and endpoints as they are. After
// an error, such as an endpoint whose provider is gone, nothing has changed.
func (i *Inspector) SetCatalog(c providers.Catalog) error {
	i.configuring.Lock()
	defer i.configuring.Unlock()
	s := i.setup.Load()
	return i.install(c, s.shop, s.endpoints)
}

// install makes a setup and lets it hold; the caller holds i.configuring.
func (i *Inspector) install(c providers.Catalog, shop *url.URL, endpoints []Endpoint) error {
	s, err := newSetup(c, i.keys, shop, endpoints)
	if err != nil {
		return err
	}
	i.recallVariants(s)
	i.recallLearned(s)
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.ctx.Err() != nil {
		return http.ErrServerClosed
	}
	i.setup.Store(s)
	i.tendBacklogs(s)
	return nil
}

// catalog is the one that holds now.
func (i *Inspector) catalog() providers.Catalog { return i.setup.Load().catalog }
