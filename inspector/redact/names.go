package redact

import (
	"slices"
	"strings"
)

// Words of field names, in English and the languages of the first providers'
// countries, without separators and in lower case. A name counts when its last
// words, joined, are one of these: "billing_first_name" ends in "firstname".
var (
	emailNames = []string{
		"correo", "email", "emailaddress", "emails", "mail", "mailaddress",
	}
	personNames = []string{
		"apellido", "apellidos", "cardholder", "displayname", "familyname", "firstname", "forename", "fullname", "givenname",
		"holdername", "imie", "jmeno", "lastname", "maidenname", "meno", "middlename", "nachname", "nazwisko", "nickname",
		"nombre", "personname", "priezvisko", "prijmeni", "realname", "surname", "username", "vorname",
	}
	phoneNames = []string{
		"cellphone", "fax", "faxnumber", "handy", "mobil", "mobile", "mobilenumber", "msisdn", "phone", "phonenumber", "phones",
		"tel", "telefon", "telefonnummer", "telefono", "telephone", "telephonenumber", "whatsapp",
	}
	cardNames = []string{
		"cardno", "cardnumber", "ccnumber", "creditcardnumber", "cvc", "cvv", "pan", "securitycode",
	}
	ibanNames = []string{
		"accountno", "accountnumber", "bankaccount", "bankaccountnumber", "bban", "iban", "kontonummer",
	}
	addressNames = []string{
		"address", "addresses", "addressline", "adres", "adresa", "adresse", "calle", "city", "codigopostal", "direccion",
		"housenumber", "kodpocztowy", "mesto", "miasto", "plz", "postalcode", "postcode", "psc", "stadt", "strasse", "street",
		"streetaddress", "streetname", "streetnumber", "town", "ulica", "ulice", "wohnort", "zip", "zipcode",
	}
	identityNames = []string{
		"birthdate", "birthday", "birthnumber", "dateofbirth", "dni", "dob", "nationalid", "nationalidnumber", "nif", "passport",
		"passportnumber", "personalid", "personalnumber", "pesel", "rodnecislo", "socialsecuritynumber", "ssn", "taxid",
	}
	ipNames = []string{
		"clientip", "ip", "ipaddr", "ipaddress", "ipv4", "ipv6", "remoteaddr", "remoteip", "sourceip",
	}
	// people are words for someone who has a name: "name" beside or below one of
	// them is a person's.
	people = []string{
		"account", "accountholder", "attendee", "author", "beneficiary", "billing", "billingdetails", "buyer", "card", "client",
		"consumer", "contact", "creditor", "customer", "customerdetails", "debtor", "employee", "guest", "holder", "invitee",
		"member", "merchantcontact", "owner", "payee", "payer", "payor", "person", "purchaser", "receiver", "recipient",
		"sender", "shipping", "shippingdetails", "shopper", "signer", "subscriber", "user",
	}
)

// senderHeader tells whether a header field holds the address of a sender.
func senderHeader(name string) bool {
	return slices.Contains([]string{
		"cf-connecting-ip", "fastly-client-ip", "forwarded", "true-client-ip", "x-client-ip", "x-cluster-client-ip",
		"x-forwarded-for", "x-original-forwarded-for", "x-real-ip",
	}, strings.ToLower(name))
}

// field is what the name of a field says of what is in it.
type field struct {
	hide   bool // its value, or all that is below it
	person bool // it is about somebody: "name" below it is that one's
}

// noField is the field that stands around the outermost one.
var noField = field{}

// maxNameLen is the longest name of a field that is looked at, in bytes.
const maxNameLen = 128

// fieldOf reads the name of a field inside another one.
func fieldOf(name []byte, in field) field {
	if in.hide || len(name) == 0 || len(name) > maxNameLen {
		return in
	}
	words := split(name)
	if len(words) == 0 {
		return field{}
	}
	tail := ""
	for i := len(words) - 1; i >= max(0, len(words)-4); i-- {
		tail = words[i] + tail
		if telling(tail) {
			return field{hide: true}
		}
	}
	last := words[len(words)-1]
	if last == "name" && (len(words) == 1 && in.person || len(words) > 1 && slices.Contains(people, words[len(words)-2])) {
		return field{hide: true}
	}
	return field{person: slices.Contains(people, last) || slices.Contains(people, strings.TrimSuffix(last, "s")) || slices.Contains(people, tail)}
}

// telling tells whether the joined last words of a name say that something
// personal follows. A number at their end does not count: "phone2".
func telling(tail string) bool {
	bare := strings.TrimRight(tail, "0123456789")
	return listed(tail) || bare != tail && (bare == "line" || listed(bare)) // line1 of an address
}

func listed(tail string) bool {
	for _, names := range [][]string{
		emailNames, personNames, phoneNames, cardNames, ibanNames, ipNames, identityNames, addressNames,
	} {
		if _, found := slices.BinarySearch(names, tail); found {
			return true
		}
	}
	return false
}

// split cuts a name into words in lower case: "billing_firstName[0]" has
// billing, first, name and 0; digits alone are left out.
func split(name []byte) []string {
	var words []string
	var word []byte
	flush := func() {
		if len(word) > 0 && strings.Trim(string(word), "0123456789") != "" {
			words = append(words, string(word))
		}
		word = word[:0]
	}
	for i, c := range name {
		upper := c >= 'A' && c <= 'Z'
		switch {
		case c < 0x80 && !digit(c) && !letter(c):
			flush()
			continue
		case upper && i > 0 && !(name[i-1] >= 'A' && name[i-1] <= 'Z'):
			flush()
		case upper && i+1 < len(name) && name[i+1] >= 'a' && name[i+1] <= 'z':
			flush() // the P of "IPAddress" ends a word of capitals at the A
		}
		word = append(word, lower(c))
	}
	flush()
	return words
}
