package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/tunnel"
)

func TestReasonIsASentenceWithItsAdvice(t *testing.T) {
	for expected, err := range map[string]error{
		"Is it running?":                             errors.New("is it running?"),
		"Nothing listens there.":                     errors.New("nothing listens there"),
		"The token is wrong. Copy it again.":         &tunnel.Error{Says: "the token is wrong", Advice: "copy it again"},
		"Shopbell.toml:3: unknown key. Take it out.": &settings.Problem{File: "shopbell.toml", Line: 3, Says: "unknown key", Advice: "take it out"},
	} {
		if got := reason(err); got != expected {
			t.Errorf("%v reads %q, expected %q", err, got, expected)
		}
	}
}

func TestLastingProblemComesBackUntilItIsPutAway(t *testing.T) {
	applyTheme(test.NewTempApp(t))
	n := newNotice()
	n.onShown = func() {}
	var over func()
	n.later = func(_ time.Duration, f func()) { over = f }
	n.standing([]string{"the secret of tweed cannot be read"})
	n.tell("Copied.")
	over()
	if n.text != "the secret of tweed cannot be read" {
		t.Errorf("it says %q", n.text)
	}
	n.putAway()
	n.standing([]string{"the secret of tweed cannot be read"})
	if n.content.Visible() {
		t.Error("the problem came back although it was put away")
	}
	n.fail("That failed", context.Canceled)
	if n.content.Visible() {
		t.Error("what was broken off is shown as a failure")
	}
}

func TestSecretThatCannotBeReadIsShown(t *testing.T) {
	d := openDeskWith(t, "http://localhost:8080", nil, func(o *engine.Options) {
		o.Lenient = true
		o.Settings.Endpoints = []settings.Endpoint{{
			Name: "tweed", Provider: "tweed", Path: "/tweed/x", Answer: "shop", Unverified: "hold",
			Secrets: []settings.Reference{"env:NOT_SET_ANYWHERE"},
		}}
	})
	d.rest()
	if !d.notice.content.Visible() || !strings.Contains(d.notice.text, "NOT_SET_ANYWHERE") {
		t.Errorf("the message is %q", d.notice.text)
	}
}
