package engine_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/app/engine"
	"shopbell/app/settings"
	"shopbell/inspector"
	"shopbell/providers/signature"
)

// Each spoiled delivery comes in with the verdict that was shown beforehand,
// and a genuine one after it still verifies.
func TestSpoiledSampleArrivesWithTheVerdictThatWasShown(t *testing.T) {
	e := start(t, options(t, ""))
	for _, provider := range []string{"tweed", "everifin", "yshop", "stripe", "adyen"} {
		genuine, err := e.Simulate(engine.Simulation{Provider: provider})
		if err != nil || len(genuine.Ways) < 4 || genuine.Verdict.Outcome != signature.Verified || genuine.Away {
			t.Fatalf("%s: %s, ways %v, %v", provider, genuine.Verdict.Outcome, genuine.Ways, err)
		}
		for _, how := range genuine.Ways {
			s := engine.Simulation{Provider: provider, Spoil: how}
			shown, err := e.Simulate(s)
			if err != nil || shown.Verdict.Outcome != how.Expected() {
				t.Errorf("%s %s is shown as %s, %v", provider, how, shown.Verdict.Outcome, err)
			}
			tally, err := e.SimulateMany(t.Context(), s, 1, 0, nil)
			if err != nil || tally.Sent != 1 || tally.Statuses[401] != 1 || tally.Outcomes[how.Expected()] != 1 {
				t.Errorf("%s %s: %+v, %v", provider, how, tally, err)
			}
			if got := newest(t, e); got.Outcome != how.Expected() || got.Provider != provider {
				t.Errorf("%s %s came in as %s", provider, how, got.Outcome)
			}
		}
	}
}

func TestAToleranceOfTheEndpointCountsForAnOldDelivery(t *testing.T) {
	e := start(t, options(t, ""))
	ep := settings.Endpoint{Name: "patient", Provider: "stripe", Answer: "shop", Unverified: "hold", Tolerance: 24 * time.Hour}
	if err := e.PutEndpoint(t.Context(), "", ep, []string{"whsec_x"}); err != nil {
		t.Fatal(err)
	}
	shown, err := e.Simulate(engine.Simulation{Provider: "stripe", Spoil: signature.StaleTimestamp})
	if err != nil || shown.Verdict.Outcome != signature.Stale {
		t.Errorf("an old delivery is shown as %s, %v", shown.Verdict.Outcome, err)
	}
}

func TestManySamplesAreCountedAndEachHasAnIDOfItsOwn(t *testing.T) {
	e := start(t, options(t, ""))
	calls := 0
	tally, err := e.SimulateMany(t.Context(), engine.Simulation{Provider: "tweed", Fresh: true}, 30, engine.MaxVolleyRate, func(engine.Tally) { calls++ })
	if err != nil || tally.Sent != 30 || tally.Failed != 0 || tally.Statuses[200] != 30 || tally.Outcomes[signature.Verified] != 30 || calls != 30 {
		t.Fatalf("%+v after %d calls, %v", tally, calls, err)
	}
	if got := newest(t, e); got.Again != nil && got.Again.Kind != inspector.SameContent {
		t.Errorf("the last one repeats %v", got.Again)
	}
	_, err = e.SimulateMany(t.Context(), engine.Simulation{Provider: "tweed"}, 2, 0, nil)
	if got := newest(t, e); err != nil || got.Again == nil || got.Again.Kind != inspector.Duplicate {
		t.Errorf("the same twice is no duplicate: %v, %v", got.Again, err)
	}
}

func TestAVolleyEndsWhenItIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tally, err := engine.Volley{Count: 1000, Rate: 200}.Send(ctx, func(context.Context) engine.Shot {
		cancel()
		return engine.Shot{Status: 200}
	})
	if !errors.Is(err, context.Canceled) || tally.Sent < 1 || tally.Sent > 20 || tally.Count != 1000 {
		t.Errorf("%+v, %v", tally, err)
	}
}

func TestAVolleyTellsWhatFailed(t *testing.T) {
	broken := errors.New("refused")
	tally, err := engine.Volley{Count: 3}.Send(t.Context(), func(context.Context) engine.Shot { return engine.Shot{Err: broken} })
	if err != nil || tally.Failed != 3 || tally.Sent != 0 || !errors.Is(tally.Failure, broken) {
		t.Errorf("%+v, %v", tally, err)
	}
}

func TestASampleGoesToAnAddressOfItsOwn(t *testing.T) {
	var got atomic.Pointer[http.Request]
	there := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got.Store(r)
		w.WriteHeader(http.StatusAccepted)
	}))
	defer there.Close()
	e := start(t, options(t, ""))
	p, _ := e.Catalog().Get("tweed")
	edited, err := p.Sample("")
	if err != nil {
		t.Fatal(err)
	}
	if edited, err = signature.SetValue(edited, signature.Part{Kind: signature.PartHeader, Name: "X-Mine"}, "yes"); err != nil {
		t.Fatal(err)
	}
	s := engine.Simulation{Provider: "tweed", URL: there.URL + "/hook?a=1", Message: &edited}
	shown, err := e.Simulate(s)
	if err != nil || shown.Away || shown.Host != strings.TrimPrefix(there.URL, "http://") || shown.Verdict.Outcome != signature.Verified || !slices.Contains(shown.Ways, signature.TamperedBody) {
		t.Fatalf("%+v, %v", shown, err)
	}
	tally, err := e.SimulateMany(t.Context(), s, 1, 0, nil)
	if err != nil || tally.Statuses[202] != 1 {
		t.Fatalf("%+v, %v", tally, err)
	}
	if r := got.Load(); r.URL.String() != "/hook?a=1" || r.Header.Get("X-Mine") != "yes" {
		t.Errorf("it got %s %v", r.URL, r.Header)
	}
	for url, away := range map[string]bool{"https://shop.example/x": true, "http://[::1]:1/": false, "http://localhost:1/": false, "http://10.0.0.7/": true} {
		if shown, err := e.Simulate(engine.Simulation{Provider: "tweed", URL: url}); err != nil || shown.Away != away {
			t.Errorf("%s: away %v, %v", url, shown.Away, err)
		}
	}
	there.Close()
	tally, err = e.SimulateMany(t.Context(), s, 1, 0, nil)
	if err != nil || tally.Failed != 1 || strings.Contains(tally.Failure.Error(), "/hook") {
		t.Errorf("nobody there: %+v, %v", tally, err)
	}
}
