package engine_test

import (
	"errors"
	"testing"

	"shopbell/app/engine"
	"shopbell/providers/signature"
)

func TestEndpointUnderTestTellsVerdictAndShop(t *testing.T) {
	shop := openShop(t)
	o := live(t, tweedConfig(shop.URL().String(), "secrets = [\"env:T\"]\n"))
	o.Vault.Env = []string{"T=any secret"}
	e := start(t, o)
	got, err := e.TestEndpoint(t.Context(), "tweed")
	if err != nil {
		t.Fatal(err)
	}
	if d := got.Capture.Deliveries; got.Status != 200 || got.Capture.Outcome != signature.Verified || len(d) != 1 || d[0].Status != 200 {
		t.Errorf("the test gave %d, %s, %+v", got.Status, got.Capture.Outcome, d)
	}
	if err := shop.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err = e.TestEndpoint(t.Context(), "tweed"); err != nil || got.Status != 502 || got.Capture.Error == "" {
		t.Errorf("without a shop the test gave %d, %q, %v", got.Status, got.Capture.Error, err)
	}
	if _, err := e.TestEndpoint(t.Context(), "nobody"); !errors.Is(err, engine.ErrNoEndpoint) {
		t.Errorf("an endpoint that is not there gave %v", err)
	}
}

func TestCompactingTellsTheSizeBeforeAndAfter(t *testing.T) {
	e := start(t, options(t, ""))
	if before, after, err := e.Compact(t.Context()); err != nil || before <= 0 || after <= 0 {
		t.Errorf("got %d, %d, %v", before, after, err)
	}
}
