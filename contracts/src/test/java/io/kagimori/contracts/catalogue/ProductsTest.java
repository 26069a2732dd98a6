package io.kagimori.contracts.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductsTest {
  private final Products products = Catalogue.get().products();

  @Test
  void slugs() {
    assertThat(Product.slugOf("Windows Server 2008 R2")).isEqualTo("windows-server-2008-r2");
    assertThat(Product.slugOf("Windows Server, versions 1809 to 20H2 (SAC)"))
        .isEqualTo("windows-server-versions-1809-to-20h2-sac");
    assertThat(products.all())
        .allSatisfy(p -> assertThat(products.find(Product.slugOf(p.name()))).contains(p));
    assertThat(products.find("windows-12")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RWV8P, windows-vista, Business",
    "rhxcm, windows-vista, Enterprise",
    "92PFJ, windows-server-2008, ServerEnterprise",
    "8v336, windows-server-2008, ServerEnterpriseIA64"
  })
  @DisplayName("S2-07 setup keys of the beta resolve by partial key")
  void betaKeys(String partialKey, String product, String edition) {
    SetupKey key = products.setupKeyByPartial(partialKey).orElseThrow();

    assertThat(key.status()).isEqualTo(SetupKey.Status.PRERELEASE);
    assertThat(key.covers(product, edition)).isTrue();
    assertThat(key.keyId()).isEqualTo("setup-key-" + partialKey.toLowerCase(Locale.ROOT));
    assertThat(products.setupKeyById(key.keyId())).contains(key);
    assertThat(products.setupKeyFor(product, edition))
        .hasValueSatisfying(k -> assertThat(k.status()).isEqualTo(SetupKey.Status.CURRENT));
  }

  @Test
  @DisplayName("S2-07 an unknown partial key has no setup key")
  void unknownPartial() {
    assertThat(products.setupKeyByPartial("CCCCC")).isEmpty();
    assertThat(Products.UNKNOWN_PARTIAL).isEqualTo("UNKNOWN_PARTIAL");
  }

  @Test
  @DisplayName("S2-07 every published setup key resolves by its partial key and its id")
  void everyKey() {
    assertThat(products.rows())
        .hasSize(103)
        .allSatisfy(
            row -> {
              SetupKey key = products.setupKeyByPartial(row.setupKey().partialKey()).orElseThrow();
              assertThat(key.productKey()).isEqualTo(row.setupKey());
              assertThat(key.covers())
                  .contains(
                      new SetupKey.Coverage(
                          Product.slugOf(row.family()), row.editionId(), row.displayNameEn()));
            });
    assertThat(products.setupKeys()).hasSizeLessThan(103);
  }

  @Test
  void oneKeyMayServeSeveralProducts() {
    SetupKey key = products.setupKeyFor("windows-11", "professional").orElseThrow();

    assertThat(key.covers("windows-10", "Professional")).isTrue();
    assertThat(key.covers()).hasSize(2);
  }

  @Test
  void aKeyWithoutEditionIsFoundByPartialOnly() {
    SetupKey key =
        products.setupKeys().stream()
            .filter(k -> k.covers().stream().anyMatch(c -> c.edition().isEmpty()))
            .findFirst()
            .orElseThrow();

    assertThat(key.covers()).extracting(SetupKey.Coverage::edition).containsOnly(Optional.empty());
    assertThat(products.setupKeyByPartial(key.partialKey())).contains(key);
    assertThat(key.covers("windows-server-2008", "")).isFalse();
  }

  @Test
  void coreInstallationsUseTheKeyOfTheirFullEdition() {
    assertThat(products.setupKeyFor("windows-server-2008-r2", "serverENTERPRISEcor"))
        .isEqualTo(products.setupKeyFor("windows-server-2008-r2", "ServerEnterprise"))
        .isPresent();
    assertThat(products.setupKeyFor("windows-server-2019", "ServerStandardEvalCor")).isEmpty();
    assertThat(products.setupKeyFor("windows-server-2019", "Cor")).isEmpty();
    assertThat(products.setupKeyFor("windows-server-2019", "")).isEmpty();
  }

  @Test
  void withdrawnKeysAreNeverChosen() {
    assertThat(products.setupKeyFor("windows-server-2012", "Core")).isEmpty();
    assertThat(products.setupKeyByPartial("27GG4")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "windows-server-2008-r2, ServerDataCenter, true",
    "windows-server-2008-r2, ServerStandardCor, true",
    "windows-server-2019, ServerStandardEval, true",
    "windows-server-2019, ServerDatacenterEvalCor, true",
    "windows-10, Core, true",
    "windows-11, core, true",
    "windows-7, HomePremium, true",
    "windows-server-2019, ServerEnterprise, false",
    "windows-server-2019, any, false",
    "windows-server-2019, Essentials, false",
    "windows-10, higher, false",
    "windows-12, Professional, false"
  })
  void knownEditions(String product, String edition, boolean known) {
    assertThat(products.isKnownEdition(product, edition)).isEqualTo(known);
  }

  @Test
  void everyEditionOfBothFilesIsKnown() {
    assertThat(products.rows())
        .allSatisfy(
            row ->
                row.editionId()
                    .ifPresent(
                        id ->
                            assertThat(products.isKnownEdition(Product.slugOf(row.family()), id))
                                .isTrue()));
    assertThat(Catalogue.get().editionPaths().all())
        .allSatisfy(
            path ->
                assertThat(path.products())
                    .allSatisfy(
                        p ->
                            assertThat(path.editionIds())
                                .allMatch(id -> products.isKnownEdition(p, id))));
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft Windows Server 2019 Standard, ServerStandard",
    "'Microsoft Windows Server 2008 R2 Enterprise ', ServerEnterprise",
    "Microsoft® Windows Server® 2008 Datacenter, ServerDatacenter",
    "Microsoft Windows Server 2022 Standard Evaluation, ServerStandardEval",
    "microsoft windows 10 pro, Professional",
    "Microsoft Windows 10 Enterprise LTSC, EnterpriseS",
    "Microsoft Windows 11 Pro for Workstations, ProfessionalWorkstation",
    "Microsoft Windows Server 2012,",
    "Microsoft Windows NT Workstation 6.1,",
    "Linux,"
  })
  @DisplayName("S1-22 the OS name of systeminfo tells the EditionID, where it tells one")
  void editionByName(String osName, String edition) {
    assertThat(Catalogue.get().products().editionNamed(osName))
        .isEqualTo(Optional.ofNullable(edition));
  }
}
