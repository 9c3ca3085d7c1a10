package console_test

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"
)

func TestServeFollowsItsSettingsFileAndKeepsItsFlags(t *testing.T) {
	first, second := newShop(t), newShop(t)
	config := filepath.Join(t.TempDir(), "shopbell.toml")
	const all = "[[endpoint]]\nname = \"all\"\npath = \"/\"\n"
	write(t, config, "[shop]\nurl = \"http://127.0.0.1:9\"\n"+all)
	serve := startServe(t, t.TempDir(), "--config", config, "--shop", first.URL, "--endpoint", "truust")
	write(t, config, "[shop]\nurl = \""+second.URL+"\"\n"+all+"[[endpoint]]\nname = \"tweed\"\nprovider = \"tweed\"\npath = \"/tweed/new\"\n")
	for tries := 1; ; tries++ {
		if status := deliver(http.DefaultClient, serve.url("/tweed/new/x")); status != 200 {
			t.Fatalf("delivery %d was answered %d: the flag's shop is not asked", tries, status)
		}
		capture := serve.next(t)
		serve.next(t) // how it was delivered
		if capture["endpoint"] == "tweed" {
			break
		}
		if tries > 1000 {
			t.Fatal("the file was not read again")
		}
		time.Sleep(50 * time.Millisecond)
	}
	truust := serve.ready["endpoints"].([]any)[1].(map[string]any)["url"].(string)
	first.Close()
	if status := deliver(http.DefaultClient, truust); status != 502 {
		t.Errorf("afterwards the endpoint of the flag answers %d, expected 502 for the flag's shop that is gone", status)
	}
}
