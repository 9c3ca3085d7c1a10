package signature

import (
	"slices"
	"strings"
)

// otherPublic are the schemes with public keys, and those with tokens, that
// take other algorithms for the same kind of key.
func otherPublic(s Scheme) (out []change) {
	switch s := s.(type) {
	case PublicKey:
		was := s.Algorithm
		for _, a := range otherPublicAlgorithms(was) {
			s.Algorithm = a
			out = append(out, otherAlgorithm(a.inWords(), was.inWords(), s))
		}
	case HTTPSignature:
		was := s.Algorithm
		for _, a := range otherPublicAlgorithms(was) {
			s.Algorithm = a
			out = append(out, otherAlgorithm(a.inWords(), was.inWords(), s))
		}
	case JWT:
		was := strings.Join(s.Algorithms, ", ")
		s.Algorithms = widened(s.Algorithms)
		out = append(out, otherAlgorithm("a token with another algorithm", was, s))
	case JWS:
		was := strings.Join(s.Algorithms, ", ")
		s.Algorithms = widened(s.Algorithms)
		out = append(out, otherAlgorithm("a token with another algorithm", was, s))
	}
	return out
}

func otherAlgorithm(as, was string, s Scheme) change {
	return change{accident: accident{cause: AlgorithmCause, says: "as " + as, why: "this provider signs with " + was, do: algorithmDo}, scheme: s}
}

// otherPublicAlgorithms are those for the same kind of key.
func otherPublicAlgorithms(a PublicAlgorithm) (out []PublicAlgorithm) {
	family, _, _ := strings.Cut(string(a), "-")
	for _, other := range []PublicAlgorithm{RSASHA256, RSASHA1, RSASHA512, RSASHA384, RSAPSSSHA256, RSAPSSSHA384, RSAPSSSHA512,
		ECDSASHA256, ECDSASHA1, ECDSASHA384, ECDSASHA512} {
		if other != a && strings.HasPrefix(string(other), family+"-") {
			out = append(out, other)
		}
	}
	return out
}

// widened are the algorithms that a token may name, with all of the same kind:
// a shared secret stays one, a public key too.
func widened(names []string) []string {
	out := slices.Clone(names)
	all := []string{}
	if anyShared(names) {
		all = append(all, "HS256", "HS384", "HS512")
	}
	if anyPublic(names) {
		all = append(all, "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
	}
	for _, name := range all {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
