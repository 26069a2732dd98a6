package io.kagimori.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.KmsHostAddress.Accepted;
import io.kagimori.contracts.KmsHostAddress.Form;
import io.kagimori.contracts.KmsHostAddress.Reading;
import io.kagimori.contracts.KmsHostAddress.Refused;
import io.kagimori.contracts.catalogue.Catalogue;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KmsHostAddressTest {
  @ParameterizedTest
  @CsvSource({
    "KMS01.corp.example.com, kms01.corp.example.com, 1688, DNS_NAME",
    "kms01.corp.example.com., kms01.corp.example.com, 1688, DNS_NAME",
    "kms01.corp.example.com:1700, kms01.corp.example.com, 1700, DNS_NAME",
    "a-very-long-single-label, a-very-long-single-label, 1688, DNS_NAME",
    "192.0.2.10, 192.0.2.10, 1688, IPV4",
    "192.0.2.10:65535, 192.0.2.10, 65535, IPV4",
    "KMSHOST, kmshost, 1688, NETBIOS",
    "kms_host:1, kms_host, 1, NETBIOS",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1, 1688, IPV6",
    "[2001:db8::1], 2001:db8::1, 1688, IPV6",
    "fe80::1:1688, fe80::1:1688, 1688, IPV6",
    "::1, ::1, 1688, IPV6",
    "::, ::, 1688, IPV6",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3, 1688, IPV6",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7, 1688, IPV6",
    "2001:db8::, 2001:db8::, 1688, IPV6",
    "ＫＭＳ０１：１６８８, kms01, 1688, NETBIOS"
  })
  @DisplayName("S2-04 register host: names and addresses with and without port")
  void accepted(String text, String host, int port, Form form) {
    assertThat(KmsHostAddress.parse(text))
        .isEqualTo(new Accepted(new KmsHostAddress(host, port, form), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kms:0",
        "kms:70000",
        "192.0.2.1:65536",
        "kms:",
        "kms:abc",
        "kms:-1",
        "kms:999999999999",
        "[::1]:0",
        "[::1]:70000"
      })
  @DisplayName("S2-04 register host: a port outside 1 to 65535 is PORT_INVALID")
  void badPort(String text) {
    assertThat(KmsHostAddress.parse(text))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("PORT_INVALID"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 70_000, -1})
  @DisplayName("S2-04 register host: a port field outside 1 to 65535 is PORT_INVALID")
  void badPortField(int port) {
    assertThat(KmsHostAddress.parse("kms", port))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("PORT_INVALID"));
  }

  @Test
  @DisplayName("S2-04 register host: IPv6 with a port needs the host-name form")
  void ipv6WithPort() {
    Accepted typed = (Accepted) KmsHostAddress.parse("[2001:db8::1]:1690");
    Accepted field = (Accepted) KmsHostAddress.parse("2001:db8::1", 1690);

    assertThat(typed).isEqualTo(field);
    assertThat(typed.finding()).contains("IPV6_PORT_FORM");
    assertThat(typed.address().skmsArgument()).isEmpty();
    assertThat(typed.address()).hasToString("[2001:db8::1]:1690");
    assertThat(((Accepted) KmsHostAddress.parse("2001:db8::1", 1688)).finding()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ":1688",
        "[::1",
        "[::1]x",
        "[kms]",
        "1:2:3",
        "1::2::3",
        "::12345",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "256.1.1.1",
        "1.2.3",
        "01.2.3.4",
        "12345",
        "-kms",
        "kms-",
        "a..b",
        "k ms",
        "kms/1",
        "ホスト"
      })
  void badHost(String text) {
    assertThat(KmsHostAddress.parse(text))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("HOST_INVALID"));
  }

  @Test
  void aPortMayComeAsField() {
    Reading same = KmsHostAddress.parse("kms:1700", 1700);

    assertThat(KmsHostAddress.parse("kms", 1700)).isEqualTo(same);
    assertThat(KmsHostAddress.parse("kms:1700", 1688))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("PORT_INVALID"));
    assertThat(KmsHostAddress.parse(null)).isInstanceOf(Refused.class);
  }

  @Test
  void skmsArgument() {
    assertThat(((Accepted) KmsHostAddress.parse("kms")).address().skmsArgument())
        .contains("kms:1688");
    assertThat(((Accepted) KmsHostAddress.parse("::1")).address().skmsArgument()).contains("::1");
  }

  @Test
  void theDefaultPortIsThatOfTheCatalogue() {
    assertThat(KmsHostAddress.DEFAULT_PORT).isEqualTo(Catalogue.get().kmsRules().defaultPort());
  }
}
