//go:build bench && linux

package bench

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/app/engine"
	"shopbell/inspector"
	"shopbell/inspector/badgerstore"
)

// The targets, in the order of the table.
const (
	direct   = "direct to the shop"
	tuned    = "ReverseProxy, tuned"
	plain    = "ReverseProxy, plain"
	shopbell = "Shopbell"
	mitmdump = "mitmdump"
	mockttp  = "mockttp"
)

var targets = []string{direct, tuned, plain, shopbell, mitmdump, mockttp}

// target is where a load goes.
type target struct {
	address string
	process *process
	data    string // Shopbell's folder
}

// targetsBefore starts every target that is here in front of a shop.
func targetsBefore(t *testing.T, shopAddress string, shop *process, mock string) map[string]target {
	t.Helper()
	upstream := "http://" + shopAddress
	started := map[string]target{direct: {address: shopAddress, process: shop}, shopbell: startShopbell(t, upstream, filepath.Join(t.TempDir(), "data"))}
	for name, kind := range map[string]string{tuned: "tuned", plain: "plain"} {
		address := freeAddress(t)
		started[name] = target{address: address, process: launch(t, role(t, kind, address, upstream), address)}
	}
	if _, err := exec.LookPath("mitmdump"); err == nil {
		started[mitmdump] = startMitmdump(t, upstream)
	}
	if mock != "" {
		started[mockttp] = startMockttp(t, mock, upstream)
	}
	return started
}

func startShop(t *testing.T) (string, *process) {
	t.Helper()
	address := freeAddress(t)
	return address, launch(t, role(t, "shop", address), address)
}

func startShopbell(t *testing.T, shop, data string) target {
	t.Helper()
	return program{shop: shop, data: data}.start(t)
}

// checkKept ends Shopbell and fails the test when it kept less than it answered
// or found a delivery that is not genuine.
func checkKept(t *testing.T, s target, answered int64) {
	t.Helper()
	s.process.stop(syscall.SIGINT)
	store, err := badgerstore.Open(badgerstore.Options{Dir: engine.StoreDir(s.data)})
	if err != nil {
		t.Error(err)
		return
	}
	if kept := store.Counts().All; int64(kept) < answered {
		t.Errorf("Shopbell kept %d deliveries and answered %d", kept, answered)
	}
	odd, err := inspector.ParseQuery("-outcome:verified", time.Now())
	if err != nil {
		t.Error(err)
	}
	if list, err := store.Page(t.Context(), odd, ulid.ULID{}, 1); err != nil || len(list) > 0 {
		t.Errorf("Shopbell found %+v, error %v, expected every delivery to be verified", list, err)
	}
	if err := errors.Join(store.Close(), os.RemoveAll(s.data)); err != nil {
		t.Error(err)
	}
}
