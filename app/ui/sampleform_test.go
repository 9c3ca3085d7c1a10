package ui

import (
	"slices"
	"strings"
	"testing"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

func TestSimulateOffersEveryEventOfAProvider(t *testing.T) {
	d := openDesk(t, nil)
	f := d.openSample("stripe")
	p, _ := d.engine.Catalog().Get("stripe")
	if len(p.Samples) == 0 || !slices.Equal(f.event.values, p.SampleEvents()) {
		t.Fatalf("it offers %q, the catalogue has %q", f.event.values, p.SampleEvents())
	}
	last := f.event.values[len(f.event.values)-1]
	f.event.choose(last)
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Sent.") })
	d.wait("the capture", func() bool {
		c, ok := d.newest()
		return ok && c.Provider == "stripe" && c.Outcome == signature.Verified && c.State == inspector.Done
	})
}

func TestAProviderWithAPrivateKeyIsSimulatedWithAThrowAwayPair(t *testing.T) {
	d := openFixed(t)
	f := d.openSample("keypay")
	f.submit()
	d.wait("the answer", func() bool { return strings.HasPrefix(f.result.Text(), "Sent.") })
	d.wait("the capture", func() bool {
		c, ok := d.newest()
		return ok && c.Provider == "keypay" && c.Outcome == signature.Verified
	})
}

func TestAPublicKeyAloneCannotSignASampleAndSaysSo(t *testing.T) {
	d := openFixed(t)
	f := d.openEndpoint("")
	f.provider.choose("keypay")
	f.secret.entry().SetText(publicPEM)
	f.submit()
	d.wait("the endpoint", func() bool { return d.saved != nil && d.model.endpoint("Keypay") != nil })
	sample := d.openSample("")
	if sample.provider.chosen != "keypay" {
		t.Errorf("it begins with %q, expected the provider of the one endpoint", sample.provider.chosen)
	}
	sample.submit()
	d.wait("the reason", func() bool { return sample.sheet.wrong.Visible() })
	if says := sample.sheet.wrong.Text(); !strings.Contains(says, "private key") {
		t.Errorf("it says %q", says)
	}
}
