package console_test

import (
	"net/http"
	"os"
	"strings"
	"testing"
)

func TestWhatCannotBeReplayedIsWrongUseBothWays(t *testing.T) {
	bothWays(t, func(t *testing.T, data, config string) {
		all := listed(t, data)
		tweed, twisto := all[0]["id"].(string), all[1]["id"].(string)
		common := []string{"replay", "--config", config, "--data", data}
		for _, c := range []struct {
			says string
			args []string
		}{
			{"--resign: capture \"" + twisto + "\" cannot be signed: Twisto documents no signature\n  leave --resign out", []string{twisto, "--resign"}},
			{"Twisto documents no signature", []string{tweed, twisto, "--resign"}}, // nothing was sent
			{"--to holds a user name or password", []string{tweed, "--to", "http://me:hunter2@localhost:1/"}},
			{"--to holds a user name or password", []string{tweed, "--to", "http:me:hunter2@localhost:1"}},
			{"--to is \"http://localhost:1/#x\"", []string{tweed, "--to", "http://localhost:1/#x"}},
		} {
			wantEnd(t, 2, c.says, append(common, c.args...)...)
			if _, _, talk := run(t, nil, append(common, c.args...)...); strings.Contains(talk, "hunter2") {
				t.Errorf("%q repeats the password: %s", c.args, talk)
			}
		}
		if n := len(deliveriesOf(listedWith(t, data, 1)[0])); n != 1 {
			t.Errorf("the capture has %d deliveries, expected no replay", n)
		}
	})
}

func TestAnEndpointWithoutSecretCannotBeSignedForBothWays(t *testing.T) {
	t.Chdir(t.TempDir())
	data := t.TempDir()
	write(t, "shopbell.toml", "[shop]\nurl = \""+newShop(t).URL+"\"\n[[endpoint]]\nname = \"new\"\nprovider = \"tweed\"\npath = \"/new\"\n")
	serve := startServe(t, data, "--config", "shopbell.toml")
	deliver(http.DefaultClient, serve.url("/new"))
	deliver(http.DefaultClient, serve.url("/nowhere"))
	check := func(t *testing.T) {
		all := listed(t, data)
		replay := []string{"replay", "--config", "shopbell.toml", "--data", data, "--resign"}
		wantEnd(t, 2, "its endpoint \"new\" has no secret\n  give the endpoint a secret", append(replay, all[1]["id"].(string))...)
		wantEnd(t, 2, "--resign: capture", append(replay, all[0]["id"].(string))...)
	}
	t.Run("through the local API", check)
	stopped(t, serve)
	t.Run("with the store itself", check)
}

func TestAReplayNeedsNoSecretsButItsOwn(t *testing.T) {
	data, config, serve := filled(t)
	stopped(t, serve)
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	write(t, config, string(text)+"[[endpoint]]\nname = \"other\"\nprovider = \"yshop\"\npath = \"/other\"\nsecrets = [\"env:NOT_THERE\"]\n")
	id := listed(t, data)[0]["id"].(string)
	replay := []string{"replay", "--config", config, "--data", data, id}
	if code, _, talk := run(t, nil, append(replay, "--resign")...); code != 0 {
		t.Errorf("without another endpoint's secret it ended with %d: %s", code, talk)
	}
	if err := os.Remove("tweed.secret"); err != nil {
		t.Fatal(err)
	}
	if code, _, talk := run(t, nil, replay...); code != 0 {
		t.Errorf("a replay that signs nothing ended with %d: %s", code, talk)
	}
	wantEnd(t, 2, "shopbell.toml:8: reading the secret \"file:tweed.secret\"", append(replay, "--resign")...)
	wantEnd(t, 2, "shopbell.toml:8: reading the secret", "verify", "--config", config, "--endpoint", "tweed live", "tweed.http")
}
