package inspector_test

import (
	"context"
	"fmt"
	"net"
	"os"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/inspector/inspectortest"
	"shopbell/providers"
)

// One delivery, from the socket to the store.
func Example() {
	catalog, err := providers.Embedded()
	check(err)
	dir, err := os.MkdirTemp("", "example")
	check(err)
	defer os.RemoveAll(dir)
	store, err := badgerstore.Open(badgerstore.Options{Dir: dir})
	check(err)
	defer store.Close()
	shop, err := inspectortest.OpenShop(inspectortest.Options{})
	check(err)
	defer shop.Close()
	e, err := inspectortest.Endpoints(catalog)
	check(err)
	i, err := inspector.New(inspector.Options{Store: store, Catalog: catalog, Shop: shop.URL(), Endpoints: e})
	check(err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go func() { check(i.Serve(l)) }()

	p, _ := catalog.Get("yshop")
	reply, err := inspectortest.Send(context.Background(), "http://"+l.Addr().String(), p.Examples[0].Message)
	check(err)
	check(i.Close())
	page, err := store.Page(context.Background(), inspector.Query{}, ulid.ULID{}, 0)
	check(err)
	fmt.Println(reply.Status, len(shop.Requests()), page[0].Provider, page[0].Outcome, page[0].Cover, page[0].State)
	// Output: 200 1 yshop verified fields done
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
