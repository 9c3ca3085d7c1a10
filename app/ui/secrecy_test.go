package ui

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers"
)

// canary is a secret that must be seen nowhere.
const canary = "CANARY-s3cret-0f1e2d3c4b5a69788796a5b4c3d2e1f0"

// withCanaries is a desk on which every secret that there can be is the canary:
// endpoints of each way to sign, and the tunnel's token.
func withCanaries(t *testing.T) (*desk, []string) {
	t.Helper()
	var names []string
	d := openDesk(t, func(e *engine.Engine) {
		kinds := map[string]int{}
		for _, p := range e.Catalog().All() {
			kinds[p.SchemeKind]++
			most := 2
			if p.SchemeKind == "token" || p.SchemeKind == "basic" {
				most = 8 // these send the secret itself
			}
			if kinds[p.SchemeKind] > most || !p.Signs {
				continue
			}
			err := e.PutEndpoint(t.Context(), "", settings.Endpoint{Name: p.ID, Provider: p.ID, Path: "/" + p.ID}, []string{secretFor(p)})
			if err != nil {
				t.Fatalf("%s: %v", p.ID, err)
			}
			names = append(names, p.ID)
		}
	})
	for _, name := range names {
		p, _ := d.engine.Catalog().Get(name)
		if _, err := d.engine.SendSample(t.Context(), p.ID, "", name); err != nil {
			t.Logf("no sample of %s: %v", name, err) // signed with a key that only its provider has
		}
	}
	return d, names
}

// secretFor is the canary in the form that p takes.
func secretFor(p providers.Provider) string {
	form, _ := secretFacts(p.Scheme)
	if n := len(form.Parts); n > 1 {
		return strings.Repeat(canary+":", n-1) + canary
	}
	if p.SchemeKind == "basic" {
		return canary + ":" + canary
	}
	return canary
}

// clean tells when the canary is seen.
func (d *desk) clean(where string) {
	d.t.Helper()
	if text := d.seen(); strings.Contains(text, canary) || strings.Contains(text, canary[:12]) {
		at := strings.Index(text, canary[:12])
		d.t.Errorf("%s: a secret is seen: …%s…", where, text[max(0, at-80):min(len(text), at+20)])
	}
}

func TestNoSheetShowsASecret(t *testing.T) {
	d, names := withCanaries(t)
	at := fyne.NewPos(100, 100)
	for where, open := range map[string]func(){
		"keys": d.openKeys, "about": d.openAbout, "the gear": d.openGear, "the shop": d.openShop, "the tunnel": d.openTunnel,
		"a new endpoint": d.newEndpoint, "the queues": func() { d.openQueuesMenu(at) },
	} {
		open()
		d.clean(where)
		d.closeAll()
	}
	for _, name := range names {
		d.openEndpointMenu(name, at)
		d.clean("the menu of " + name)
		d.closeAll()
		f := d.openEndpoint(name)
		d.clean("the form of " + name)
		f.secret.hidden.SetText(canary)
		f.name.SetText("a name without an end ")
		f.submit()
		d.clean("the form of " + name + " with its secret typed and a wrong name")
		if !strings.Contains(d.seen(), "a name without an end") {
			t.Fatal("what is typed is not looked at")
		}
		d.closeAll()
		d.openSample(name)
		d.clean("simulating " + name)
		d.closeAll()
	}
}

func (d *desk) closeAll() {
	for d.closeTop() {
		continue
	}
	for _, over := range d.win.Canvas().Overlays().List() {
		d.win.Canvas().Overlays().Remove(over)
	}
}

func TestNoCaptureShowsASecret(t *testing.T) {
	d, _ := withCanaries(t)
	page, err := d.engine.Store().Page(t.Context(), inspector.Query{}, [16]byte{}, 0)
	if err != nil || len(page) < 15 {
		t.Fatalf("%d captures, %v", len(page), err)
	}
	sent := 0
	for _, s := range page {
		c, err := d.engine.Store().Get(t.Context(), s.ID)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(c.Message.Raw()), canary) {
			sent++
		}
		d.open(s.ID)
		d.wait("the capture", func() bool { return d.detail.capture != nil && d.detail.id == s.ID && d.detail.capture.ID == s.ID })
		d.clean("a capture of " + s.Provider)
		d.copyRaw()
		if strings.Contains(d.app.Clipboard().Content(), canary) {
			t.Errorf("copying a capture of %s copies its secret unasked", s.Provider)
		}
	}
	if sent < 4 {
		t.Errorf("%d captures carry their secret, expected those of the providers that send it along", sent)
	}
}

func TestACopiedSecretLeavesTheClipboard(t *testing.T) {
	d := openDesk(t, nil)
	clip := d.app.Clipboard()
	d.copySecret(canary, "the raw request")
	if clip.Content() != canary || !strings.Contains(d.notice.says.Text(), "30 seconds") || strings.Contains(d.seen(), canary) {
		t.Errorf("it holds %q and says %q", clip.Content(), d.notice.says.Text())
	}
	d.clearSecret()
	if clip.Content() != "" {
		t.Error("it stays there")
	}
	d.copySecret(canary, "the raw request")
	clip.SetContent("something else")
	if d.clearSecret(); clip.Content() != "something else" {
		t.Errorf("what was copied after it is %q", clip.Content())
	}
}

func TestAnErrorWithASecretIsNotShown(t *testing.T) {
	d := openDesk(t, nil)
	err := d.engine.PutEndpoint(t.Context(), "", settings.Endpoint{Name: "x", Provider: "tweed", Path: "no slash"}, []string{canary})
	if err == nil {
		t.Fatal("the path was taken")
	}
	d.notice.fail("The endpoint was not saved", errors.Join(err))
	d.clean("the notice")
}
