package console

import (
	"errors"
	"regexp"
	"strings"

	"shopbell/app/settings"
)

// flagOf returns the flag of serve that sets a place of the settings, and what
// it takes; "" for a place that no flag sets.
func flagOf(place string) (flag, takes string) {
	switch regexp.MustCompile(`\[[0-9]+\]`).ReplaceAllString(place, "") {
	case "tunnel.kind":
		return "--tunnel", "local keeps to this machine, ngrok is public"
	case "tunnel.domain":
		return "--domain", "give the domain alone, without https:// and without a path"
	case "tunnel.listen":
		return "--listen", "give an address of this machine and a port, or leave --listen out for loopback"
	case "shop.url":
		return "--shop", "give a URL such as http://localhost:8080; what follows it comes from --forward"
	case "endpoint.forward":
		return "--forward", "give the path at the shop, such as /webhooks/yshop"
	case "endpoint.answer":
		return "--answer", "shop passes the shop's answer on, accept answers at once"
	case "endpoint.unverified":
		return "--unverified", "hold keeps it from the shop, forward does not"
	}
	return "", ""
}

// ofFlag makes a problem with settings that came from flags speak of the flag
// and not of a line in a file.
func ofFlag(err error) error {
	var p *settings.Problem
	if !errors.As(err, &p) {
		return err
	}
	flag, takes := flagOf(p.Place)
	if flag == "" {
		return err
	}
	key := p.Place[strings.LastIndexByte(p.Place, '.')+1:]
	return wrongUse(flag+strings.TrimPrefix(p.Says, key), takes)
}
