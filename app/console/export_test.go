package console_test

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector/badgerstore"
)

func TestExportPrintsWhatOtherProgramsTake(t *testing.T) {
	bothWays(t, func(t *testing.T, data, config string) {
		const personal = "jan.novak@example.com"
		all := listed(t, data)
		tweed, twisto := all[0]["id"].(string), all[1]["id"].(string)
		_, shown, _ := run(t, nil, "show", "--data", data, "--raw", tweed)
		if code, out, talk := run(t, nil, "export", "--data", data, "--as", "raw", tweed); code != 0 || out != shown || talk != "" {
			t.Errorf("export --as raw ended with %d, %s: %q, expected %q", code, talk, out, shown)
		}
		code, out, talk := run(t, nil, "export", "--data", data, "--as", "curl", tweed, twisto)
		if code != 0 || strings.Count(out, "curl -X POST --http1.1 http://127.0.0.1:") != 2 || !strings.Contains(out, personal) {
			t.Errorf("export --as curl ended with %d: %s%s", code, out, talk)
		}
		if _, out, _ := run(t, nil, "export", "--data", data, "--as", "curl", "--redact", twisto); strings.Contains(out, personal) {
			t.Errorf("--redact leaves in %s: %s", personal, out)
		}
		for _, hide := range []string{"--reveal", "--redact"} {
			code, out, _ := run(t, nil, "export", "--data", data, "--as", "har", hide, tweed, twisto)
			if code != 0 || !json.Valid([]byte(out)) || strings.Count(out, `"startedDateTime"`) != 2 || strings.Contains(out, personal) != (hide == "--reveal") {
				t.Errorf("export --as har %s ended with %d: %s", hide, code, out)
			}
		}
		wantEnd(t, 2, "expected one", "export", "--data", data, "--as", "raw", tweed, twisto)
		wantEnd(t, 2, "as", "export", "--data", data, tweed)
		wantEnd(t, 2, "raw", "export", "--data", data, "--as", "pigeon", tweed)
		wantEnd(t, 1, "no capture", "export", "--data", data, "--as", "raw", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
	})
}

func TestTheCurlCommandIsVerifiedLikeTheDelivery(t *testing.T) {
	data, _, serve := filled(t)
	_, command, _ := run(t, nil, "export", "--data", data, "--as", "curl", listed(t, data)[0]["id"].(string))
	sh := exec.Command("sh")
	sh.Stdin = strings.NewReader(command)
	if out, err := sh.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	all := listed(t, data)
	if len(all) != 3 || all[0]["outcome"] != "verified" || all[0]["again"].(map[string]any)["kind"] != "duplicate" {
		t.Errorf("%d captures, the newest is %v", len(all), all[0])
	}
	stopped(t, serve)
}

func TestAfterUndoShowPrintsTheSameBytes(t *testing.T) {
	data, _, serve := filled(t)
	all := listedWith(t, data, 1)
	stopped(t, serve)
	var ids []ulid.ULID
	show := func() (out []string) {
		for _, id := range ids {
			code, text, talk := run(t, nil, "show", "--data", data, "--json", "--reveal", id.String())
			if code != 0 {
				t.Fatalf("show ended with %d: %s", code, talk)
			}
			out = append(out, text)
		}
		_, list, _ := run(t, nil, "list", "--data", data, "--json")
		return append(out, list)
	}
	for _, c := range all {
		ids = append(ids, ulid.MustParse(c["id"].(string)))
	}
	before := show()
	store := func(do func(*badgerstore.Store)) {
		s, err := badgerstore.Open(badgerstore.Options{Dir: filepath.Join(data, "captures")})
		if err != nil {
			t.Fatal(err)
		}
		do(s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	store(func(s *badgerstore.Store) {
		if err := s.Discard(t.Context(), ids...); err != nil {
			t.Fatal(err)
		}
	})
	wantEnd(t, 1, "no capture", "show", "--data", data, ids[0].String())
	store(func(s *badgerstore.Store) {
		if n, err := s.Recover(t.Context(), ids...); n != len(ids) || err != nil {
			t.Fatal(n, err)
		}
	})
	if after := show(); strings.Join(after, "") != strings.Join(before, "") {
		t.Errorf("got %q, before it was %q", after, before)
	}
}
