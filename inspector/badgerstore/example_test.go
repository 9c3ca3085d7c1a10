package badgerstore_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
	"shopbell/providers/signature"
)

func Example() {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	store, err := badgerstore.Open(badgerstore.Options{Dir: dir, Days: 30, Size: 2 << 30})
	if err != nil {
		log.Fatal(err)
	}
	defer store.Close()

	ctx := context.Background()
	for range 2 { // the provider sends it twice
		c := inspector.Capture{
			Summary: inspector.Summary{Received: time.Now(), Endpoint: "yshop live", Provider: "yshop", DeliveryID: "77",
				Outcome: signature.Verified, Method: "POST", State: inspector.Waiting},
			Message: signature.Message{Method: "POST", Body: []byte(`{"id":77}`)},
		}
		if err := store.Keep(ctx, &c); err != nil {
			log.Fatal(err)
		}
	}
	q, err := inspector.ParseQuery("provider:yshop body.id:77 is:duplicate", time.Now())
	if err != nil {
		log.Fatal(err)
	}
	found, err := store.Page(ctx, q, ulid.ULID{}, 50)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(store.Counts().All, "kept,", len(found), "found:", found[0].Again.Kind)
	// Output: 2 kept, 1 found: duplicate
}
