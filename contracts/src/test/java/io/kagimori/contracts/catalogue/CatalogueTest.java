package io.kagimori.contracts.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  private final Catalogue catalogue = Catalogue.get();

  @Test
  void everyRowIsThere() {
    assertThat(catalogue.products().rows()).hasSize(103);
    assertThat(catalogue.editionPaths().all()).hasSize(138);
    assertThat(catalogue.errorCodes().all()).hasSize(199);
    assertThat(catalogue.slmgrCommands().all()).hasSize(50);
    assertThat(catalogue.kmsRules().all()).hasSize(145);
    assertThat(catalogue.makRules().all()).hasSize(47);
    assertThat(catalogue.licenseStatuses().all()).hasSize(98);
    assertThat(catalogue.esuPrograms().all()).hasSize(36);
    assertThat(catalogue.avmaKeys().all()).hasSize(22);
    assertThat(catalogue.kmsHostActivation().all()).hasSize(59);
    ReimagingRules reimaging = catalogue.reimagingRules();
    assertThat(reimaging.of(ReimagingRule.Kind.PROGRAM)).hasSize(15);
    assertThat(reimaging.of(ReimagingRule.Kind.RULE)).hasSize(18);
    assertThat(reimaging.of(ReimagingRule.Kind.EXAMPLE)).hasSize(9);
  }

  @Test
  void figuresOfKms() {
    KmsRules kms = catalogue.kmsRules();

    assertThat(required("windows-10")).isEqualTo(25);
    assertThat(required("windows-server-2019")).isEqualTo(5);
    assertThat(kms.officeRequiredCount()).isEqualTo(5);
    assertThat(kms.countCacheFactor()).isEqualTo(2);
    assertThat(kms.countRetention()).isEqualTo(Duration.ofDays(30));
    assertThat(kms.activationValidity()).isEqualTo(Duration.ofDays(180));
    assertThat(kms.clockTolerance()).isEqualTo(Duration.ofHours(4));
    assertThat(kms.lapseNotice()).isEqualTo(Duration.ofDays(30));
    assertThat(kms.intervalMinutesMin()).isEqualTo(15);
    assertThat(kms.intervalMinutesMax()).isEqualTo(43_200);
    assertThat(kms.activationIntervalMinutes()).isEqualTo(120);
    assertThat(kms.renewalIntervalMinutes()).isEqualTo(10_080);
    assertThat(kms.defaultPort()).isEqualTo(1688);
    assertThat(kms.hostsPerHostKey()).isEqualTo(6);
    assertThat(kms.activationsPerHost()).isEqualTo(10);
    assertThat(kms.find("network-07")).isPresent();
    assertThat(kms.topic("event_field")).hasSize(30);
  }

  private int required(String slug) {
    Product product = catalogue.products().find(slug).orElseThrow();
    assertThat(catalogue.kmsRules().requiredCount(product))
        .isEqualTo(catalogue.kmsRules().requiredCount(product.platformKind()));
    return catalogue.kmsRules().requiredCount(product);
  }

  @ParameterizedTest
  @CsvSource({
    "windows-vista, 30",
    "windows-server-2008, 60",
    "windows-7, 30",
    "windows-server-2008-r2, 30"
  })
  void initialGrace(String slug, long days) {
    assertThat(catalogue.kmsRules().initialGrace(slug)).contains(Duration.ofDays(days));
  }

  @Test
  void newerSystemsHaveNoFixedGrace() {
    assertThat(catalogue.kmsRules().initialGrace("windows-10")).isEmpty();
    assertThat(catalogue.kmsRules().initialGrace("windows-server-2022")).isEmpty();
  }

  @Test
  void digitsOfPhoneActivation() {
    assertThat(catalogue.makRules().installationIdDigits()).isEqualTo(Set.of(54, 63));
    assertThat(catalogue.makRules().confirmationIdDigits()).isEqualTo(48);
    assertThat(catalogue.makRules().find("count-08"))
        .hasValueSatisfying(r -> assertThat(r.value()).isEqualTo("0xC004C020"));
  }

  @Test
  void licenseStates() {
    LicenseStatuses states = catalogue.licenseStatuses();

    assertThat(states.statuses())
        .extracting(LicenseStatuses.LicenseStatus::value)
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(states.find(1))
        .hasValueSatisfying(
            s -> {
              assertThat(s.name(Language.EN)).isEqualTo("Licensed");
              assertThat(s.name(Language.JA)).isEqualTo("ライセンス済み");
            });
    assertThat(states.find(7)).isEmpty();
    assertThat(states.reason(ErrorCode.parse("1074065420"))).isPresent();
    assertThat(states.property("SoftwareLicensingProduct", "graceperiodremaining"))
        .hasValueSatisfying(p -> assertThat(p.unit()).contains("minutes"));
  }

  @Test
  void esuYears() {
    EsuPrograms esu = catalogue.esuPrograms();

    assertThat(esu.find("windows-7", 2))
        .singleElement()
        .satisfies(
            y -> {
              assertThat(y.activationId()).contains("0e00c25d-8795-4fb7-9572-3803d91b6880");
              assertThat(y.coverageStart()).isEqualTo(LocalDate.of(2021, 1, 13));
              assertThat(y.prerequisites()).contains("Service Pack 1");
              assertThat(y.soldAsMak()).isTrue();
              assertThat(y.eligible("ENTERPRISE")).isTrue();
              assertThat(y.eligible("EnterpriseN")).isFalse();
            });
    assertThat(esu.byActivationId("553673ED-6ddf-419c-a153-b760283472fd"))
        .extracting(y -> y.product().orElseThrow())
        .containsExactly("windows-server-2008-r2", "windows-server-2008");
    assertThat(esu.find("windows-10", 3))
        .hasSize(2)
        .anySatisfy(y -> assertThat(y.eligible("professionaln")).isTrue());
    assertThat(esu.of("windows-10-enterprise-ltsb-2016")).hasSize(1);
    assertThat(esu.of("windows-server-2012-r2")).hasSize(3);
    assertThat(esu.of("windows-server-2016")).hasSize(1);
  }

  @Test
  void editionPaths() {
    EditionPaths paths = catalogue.editionPaths();

    assertThat(paths.find("windows-server-2008-r2", "serverstandard", "ServerDataCenter"))
        .hasValueSatisfying(
            p -> {
              assertThat(p.support()).contains(EditionPath.Support.YES);
              assertThat(p.method()).isEqualTo(EditionPath.DISM_SET_EDITION);
              assertThat(p.reboot()).contains(true);
            });
    assertThat(paths.find("windows-server-2019", "ServerDatacenter", "ServerStandard"))
        .hasValueSatisfying(p -> assertThat(p.support()).contains(EditionPath.Support.NO));
    assertThat(paths.from("windows-server-2019", "ServerStandardEval")).hasSize(3);
    assertThat(paths.find("windows-11", "Professional", "Enterprise")).isPresent();
    assertThat(paths.rules()).hasSize(6);
    assertThat(paths.versionUpgrades()).hasSize(11);
  }

  @Test
  void hostKeysAndGuestKeys() {
    assertThat(catalogue.kmsHostActivation().byHostKey("windows server 2022")).hasSize(12);
    assertThat(catalogue.avmaKeys().byPartial("wmbmw")).hasSize(4);
    assertThat(catalogue.reimagingRules().find("PRG-CSP"))
        .hasValueSatisfying(r -> assertThat(r.right()).contains("no"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,2020-13-01 | file.csv, line 3, column date: is not a date",
        ",2020-01-01 | file.csv, line 3, column name: is empty",
        "x,2020-01-01,y | file.csv, line 3, column (all): 3 fields instead of 2",
        "x ,2020-01-01 | file.csv, line 3, column name: has blanks around it"
      })
  void aBadRowIsNamed(String row, String problem) {
    String data = "name,date\nok,2020-01-14\n" + row + "\n";

    assertThatThrownBy(() -> names(data))
        .isInstanceOf(CatalogueDataException.class)
        .hasMessageStartingWith(problem);
  }

  @Test
  void aBadHeaderIsNamed() {
    assertThatThrownBy(() -> names("name,day\n"))
        .isInstanceOf(CatalogueDataException.class)
        .hasMessageStartingWith("file.csv, line 1, column (header)");
  }

  @Test
  void otherBadCellsAreNamed() {
    assertThatThrownBy(() -> cells(r -> r.number("name")))
        .hasMessage("file.csv, line 2, column name: is not a number");
    assertThatThrownBy(() -> cells(r -> r.constant("name", Confidence.class)))
        .hasMessageStartingWith("file.csv, line 2, column name: is none of");
    assertThatThrownBy(() -> DataFile.index("file.csv", List.of("a", "a"), s -> s))
        .hasMessageContaining("id a occurs twice");
    assertThatThrownBy(() -> DataFile.read("no-such.csv", List.of("a"), r -> r))
        .hasMessageContaining("not on the class path");
  }

  private static List<String> names(String data) {
    return DataFile.read(
        "file.csv",
        new StringReader(data),
        List.of("name", "date"),
        r -> r.date("date").map(d -> r.text("name")).orElseThrow());
  }

  private static <T> List<T> cells(Function<DataFile.Row, T> read) {
    return DataFile.read("file.csv", new StringReader("name\nx y\n"), List.of("name"), read);
  }
}
