package signature

import (
	"bytes"
	"strings"
)

// plan is what a scheme needs for its checks and no message changes. It holds
// nothing of a secret and of a message no more than a key of its list, is never
// changed once it is made, and can be used by several checks at once.
type plan struct {
	scheme Shared
	texts  []textPlan // by template
	// where a signature stands, alone and under that key, and what the step on
	// it says then; empty where that is not known.
	where, key, says string
}

// makePlan is for a check that has read all of a message.
func (c *check) makePlan(s *Shared) *plan {
	p := &plan{scheme: *s, texts: make([]textPlan, len(s.Templates))}
	for i, t := range s.Templates {
		p.texts[i] = s.textPlan(t)
	}
	if s.Algorithm.Known() && len(c.found) == 1 {
		from := len(c.words)
		p.where, p.key = s.At[0].Name, strings.Clone(c.found[0].key)
		c.writeFound(p.where)
		p.says = c.taken(from)
	}
	return p
}

// finds tells whether the signatures are those that the plan knows the words for.
func (p *plan) finds(where string, signs []found) bool {
	return p != nil && p.says != "" && len(signs) == 1 && where == p.where && signs[0].key == p.key
}

// planned is a plan with the key that its scheme makes of one secret, nil if it
// makes more than one of it or needs the message as well.
type planned struct {
	*plan
	key []byte
}

// keep has the next check with this secret and this scheme find both at hand.
// Of two schemes with one secret the last one counts.
func (p *plan) keep(k *key) {
	made := &planned{plan: p}
	if k.parts == nil && !k.once {
		made.key = bytes.Clone(k.bytes)
		if begun := k.ready.find(p.scheme.Algorithm, k.bytes); begun != nil {
			made.key = begun.key // so that nobody has to compare them
		}
	}
	k.ready.last.Store(made)
}

// planOf is the plan of s if one of the secrets was used with it last.
func planOf(s *Shared, secrets []Secret) *plan {
	for i := range secrets {
		if ready := secrets[i].ready; ready != nil {
			if last := ready.last.Load(); last != nil && last.scheme.same(s) {
				return last.plan
			}
		}
	}
	return nil
}

// keyOf is what the scheme makes of a secret, nil if that isn't at hand.
func (p *plan) keyOf(s *Secret) []byte {
	if p != nil && s.ready != nil {
		if last := s.ready.last.Load(); last != nil && last.plan == p {
			return last.key
		}
	}
	return nil
}
