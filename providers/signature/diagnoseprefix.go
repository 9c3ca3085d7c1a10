package signature

import "strings"

// minKey is the least length in bytes of a key that is made from a part of a
// configured secret: anybody could guess a shorter one.
const minKey = 4

// secretMarks are beginnings with which providers mark their secrets, and
// those that a secret has in a configuration file or a header.
func secretMarks() []string {
	return []string{"whsec_", "wbhsec_", "whpk_", "pdl_ntfset_", "ntfset_", "shpss_", "sk_test_", "sk_live_", "pk_test_", "pk_live_",
		"rk_", "sk_", "pk_", "sec_", "secret_", "test_", "live_", "v1,", "v1=", "sha256=", "sha1=", "base64:", "hex:", "secret=", "key=", "Bearer ", "Basic ", "Token "}
}

// secretPrefixes tries the secret without a prefix that was configured with
// it, and with one that was lost.
func (q *search) secretPrefixes() *Diagnosis {
	var all []suspicion
	for _, s := range q.own {
		all = append(all, keptPrefixes(s)...)
	}
	for _, s := range q.own {
		all = append(all, lostPrefixes(s)...)
	}
	return q.suspect("a prefix of the secret kept or lost", all)
}

func keptPrefixes(s Secret) (out []suspicion) {
	bare := bareSecret(s.value)
	add := func(rest, says string, fix *Fix) {
		if len(rest) >= minKey && rest != bare {
			out = append(out, suspicion{accident{
				cause: SecretPrefix, says: "when " + says + " is left out of the configured secret " + s.Label,
				do:  "Enter the secret again without it.",
				fix: fix,
			}, NewSecret(s.Label, rest)})
		}
	}
	for _, mark := range secretMarks() {
		if rest, ok := strings.CutPrefix(bare, mark); ok {
			add(rest, `"`+mark+`"`, &Fix{Kind: StripSecret, Secret: s.Label, Text: mark})
		}
	}
	for _, quote := range []string{`"`, "'", "`"} {
		if rest, ok := strings.CutPrefix(bare, quote); ok {
			add(strings.TrimSuffix(rest, quote), "the quotation mark around it", nil)
		}
	}
	for _, sign := range []struct{ text, name string }{{"=", "equals sign"}, {"_", "underscore"}, {":", "colon"}, {",", "comma"}} {
		if _, rest, ok := strings.Cut(bare, sign.text); ok {
			add(strings.Trim(rest, "\"'` "), "what stands up to the first "+sign.name, nil)
		}
	}
	return out
}

func lostPrefixes(s Secret) (out []suspicion) {
	bare := bareSecret(s.value)
	if bare == "" {
		return nil
	}
	for _, mark := range secretMarks() {
		if strings.HasPrefix(bare, mark) {
			continue
		}
		out = append(out, suspicion{accident{
			cause: SecretPrefix, says: `when "` + mark + `" stands before the configured secret ` + s.Label,
			why: "the prefix is part of the secret",
			do:  "Enter the secret again as the provider shows it, prefix included.",
			fix: &Fix{Kind: PrefixSecret, Secret: s.Label, Text: mark},
		}, NewSecret(s.Label, mark+bare)})
	}
	return out
}
