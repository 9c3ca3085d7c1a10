package engine_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"shopbell/app/engine"
	"shopbell/app/settings"
)

func TestSavedSearchesAreKeptInTheFile(t *testing.T) {
	o := options(t, "# mine\n")
	e := start(t, o)
	for _, s := range []settings.Search{{Name: "failed", Query: "outcome:mismatch"}, {Name: "big", Query: "size:>1M"}} {
		if err := e.PutSearch("", s); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(e.PutSearch("big", settings.Search{Name: "huge", Query: "size:>1M"}), e.MoveSearch("huge", 0)); err != nil {
		t.Fatal(err)
	}
	if err := e.PutSearch("", settings.Search{Name: "wrong", Query: "colour:red"}); err == nil || !strings.Contains(err.Error(), `"colour"`) {
		t.Errorf("a wrong query was saved: %v", err)
	}
	if err := e.RemoveSearch("nobody"); !errors.Is(err, engine.ErrNoSearch) {
		t.Errorf("got %v", err)
	}
	want := "[{huge size:>1M} {failed outcome:mismatch}]"
	if got := fmt.Sprint(e.Settings().Searches); got != want {
		t.Errorf("the engine has %s, expected %s", got, want)
	}
	again, err := settings.Load(o.File, false, o.Catalog)
	if err != nil || fmt.Sprint(again.Searches) != want {
		t.Errorf("the file has %v: %v", again.Searches, err)
	}
	if err := e.RemoveSearch("huge"); err != nil || len(e.Settings().Searches) != 1 {
		t.Errorf("left are %v: %v", e.Settings().Searches, err)
	}
	if text, err := os.ReadFile(o.File); err != nil || !strings.HasPrefix(string(text), "# mine\n") {
		t.Errorf("the file is %q: %v", text, err)
	}
}

func TestAWrongSavedSearchIsNamedAtTheStart(t *testing.T) {
	o := options(t, "[[search]]\nname = \"odd\"\nquery = \"outcome:good\"\n")
	_, err := engine.Start(t.Context(), o)
	var p *settings.Problem
	if !errors.As(err, &p) || p.Line != 3 || !strings.Contains(p.Says, `"odd"`) || !strings.Contains(p.Says, `"good"`) {
		t.Errorf("got %v", err)
	}
}
