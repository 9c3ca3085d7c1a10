//go:build bench && linux

package bench

import (
	"errors"
	"fmt"
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

// startShopbell starts the program as a user does who sends its output nowhere.
// Its store may grow so large that retention, which is measured by itself, has
// nothing to do.
func startShopbell(t *testing.T, shop, data string) target {
	t.Helper()
	binary, err := filepath.Abs("../../bin/shopbell-headless")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(binary); err != nil {
		t.Fatalf("%v; make bench builds it", err)
	}
	home, address := t.TempDir(), freeAddress(t)
	file := filepath.Join(home, "shopbell.toml")
	config := "[keep]\nsize = \"1TB\"\n"
	cmd := exec.Command(binary, "serve", "--json", "--tunnel", "local", "--listen", address, "--shop", shop, "--config", file, "--data", data)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home)
	for _, s := range senders {
		config += fmt.Sprintf("[[endpoint]]\nname = %q\nprovider = %[1]q\npath = %q\nsecrets = [\"env:%s\"]\n", s.id, s.path, s.variable())
		cmd.Env = append(cmd.Env, s.variable()+"="+s.secret)
	}
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return target{address: address, process: launch(t, cmd, address), data: data}
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
