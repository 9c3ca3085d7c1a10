package inspector

import (
	"context"
	"fmt"

	"shopbell/providers/signature"
)

// variantKey is where the store remembers which documented form of signature
// an endpoint's deliveries had last.
func variantKey(endpoint string) string { return "variant/" + endpoint }

// recallVariants fills in what earlier runs learned.
func (i *Inspector) recallVariants(s *setup) {
	for _, r := range s.routes {
		v, err := i.store.Recall(context.Background(), variantKey(r.Name))
		if err != nil {
			i.log.Warn("recalling the form of signature", "endpoint", r.Name, "error", err)
			continue
		}
		r.variant.Store(&v)
	}
}

// watchVariant warns when an endpoint's signatures change their form: the
// provider changed, or somebody else signs.
func (i *Inspector) watchVariant(route *route, j *judgement) {
	if route == nil {
		return
	}
	before := route.variant.Load()
	now := j.verdict.Variant
	if before == nil || *before == "" || now == "" || *before == now || !provesSender(j.verdict.Outcome) {
		return
	}
	says := fmt.Sprintf("The signature matched in the form %q; earlier deliveries of this endpoint had %q.", now, *before)
	j.notes = append(j.notes, says)
	j.verdict.Steps = append(j.verdict.Steps, signature.Step{Name: "Form of the signature", Evidence: says})
}

// rememberVariant keeps the form that matched, once per change. The sender does
// not wait for it, Close does.
func (i *Inspector) rememberVariant(route *route, variant string) {
	before := route.variant.Swap(&variant)
	if before != nil && *before == variant {
		return
	}
	i.work.Go(func() {
		if err := i.store.Remember(context.Background(), variantKey(route.Name), variant); err != nil {
			i.log.Warn("remembering the form of signature", "endpoint", route.Name, "error", err)
		}
	})
}
