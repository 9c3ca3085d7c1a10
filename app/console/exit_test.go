package console_test

import "testing"

func TestExitCodes(t *testing.T) {
	t.Chdir("testdata")
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{2, "usage: shopbell", nil},
		{2, "unexpected argument", []string{"ring"}},
		{2, "--provder", []string{"verify", "--provder", "tweed", "tweed.http"}},
		{2, "usage: shopbell verify", []string{"verify"}},
		{2, "--provider or --endpoint", []string{"verify", "tweed.http"}},
		{2, `did you mean "tweed"`, []string{"verify", "--provider", "tweet", "--secret", "s", "tweed.http"}},
		{2, "nowhere.http", []string{"verify", "--provider", "tweed", "--secret", "s", "nowhere.http"}},
		{2, "yesterday", []string{"verify", "--provider", "tweed", "--secret", "s", "--at", "yesterday", "tweed.http"}},
		{2, "milliseconds", []string{"verify", "--provider", "tweed", "--secret", "s", "--at", "1748773800000", "tweed.http"}},
		{2, "--url is", []string{"verify", "--provider", "tweed", "--secret", "s", "--url", "shop.example", "tweed.http"}},
		{2, "NOT_THERE", []string{"verify", "--provider", "tweed", "--secret", "env:NOT_THERE", "tweed.http"}},
		{2, "empty", []string{"verify", "--provider", "tweed", "--secret", "", "tweed.http"}},
		{2, "nowhere.toml", []string{"verify", "--config", "nowhere.toml", "--endpoint", "x", "tweed.http"}},
		{2, "empty", []string{"sign", "--provider", "tweed", "--secret", "", "tweed.http"}},
		{2, "empty", []string{"send", "--provider", "tweed", "--secret", "", "--to", "http://localhost:1"}},
		{2, "names nothing after env:", []string{"verify", "--provider", "tweed", "--secret", "env:", "tweed.http"}},
		{2, "names nothing after file:", []string{"sign", "--provider", "tweed", "--secret", "file:", "tweed.http"}},
		{2, "after env:", []string{"send", "--provider", "tweed", "--secret", "env:TW 1", "--to", "http://localhost:1"}},
		{2, "needs --secret", []string{"sign", "--provider", "tweed", "tweed.http"}},
		{2, "--provider", []string{"sign", "tweed.http"}},
		{2, `"paypall"`, []string{"providers", "paypall"}},
		{2, "--config is empty", []string{"list", "--config", ""}},
		{2, "--data is empty", []string{"list", "--data="}},
		{2, "--limit", []string{"list", "--limit", "-1"}},
		{2, "--limit", []string{"list", "--limit", "many"}},
		{2, "nowhere", []string{"list", "--data", "nowhere"}},
		{0, "no captures", []string{"list"}},
		{1, "no capture has the id", []string{"show", "01JD"}},
		{2, "no id", []string{"show", "--data", ".", "not-an-id!"}},
		{2, "--edit", []string{"replay", "--edit", "tweed.http", "A", "B"}},
		{2, "--to is", []string{"replay", "--to", "/path", "A"}},
		{2, "--to is", []string{"send", "--provider", "tweed", "--to", "localhost"}},
		{2, "no sample", []string{"send", "--provider", "tweed", "--event", "nope", "--to", "http://localhost:1"}},
		{1, "localhost:1", []string{"send", "--provider", "tweed", "--to", "http://localhost:1"}},
		{2, `did you mean "yshop"`, []string{"serve", "--endpoint", "yshp"}},
		{2, "is no reference", []string{"serve", "--endpoint", "yshop=plain"}},
		{2, `--tunnel is "carrier-pigeon"`, []string{"serve", "--tunnel", "carrier-pigeon"}},
	} {
		wantEnd(t, c.code, c.says, c.args...)
	}
}
