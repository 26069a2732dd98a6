package io.kagimori.key;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String DOMAIN = "io.kagimori.key.domain..";
  private static final String STREAM = "io.kagimori.key.stream..";
  private static final String STORE = "io.kagimori.key.store..";
  private static final String API = "io.kagimori.key.api..";

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kagimori.key");

  @Test
  @DisplayName("the rules know no framework, no broker, no database and no clock")
  void pureDomain() {
    assertThat(SERVICE).hasSizeGreaterThan(25);
    noClasses()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..",
            "jakarta..",
            "org.eclipse.microprofile..",
            "org.hibernate..",
            "io.smallrye..",
            "io.micrometer..",
            "org.jboss..",
            "org.apache.kafka..",
            "java.sql..",
            "javax.sql..",
            "java.time.zone..",
            "io.kagimori.stream..",
            "io.kagimori.contracts.cloudevents..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .because(
            "a rule is a plain function of state, request and record time; hand in what it needs as"
                + " a value and let stream or store do the talking")
        .check(SERVICE);
  }

  @Test
  @DisplayName("the rules ask nobody for the time")
  void noClock() {
    noClasses()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .because("the same record must be decided alike at any time; take now from the record")
        .check(SERVICE);
  }

  @Test
  @DisplayName("dependencies point to the domain")
  void towardsDomain() {
    noClasses()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(STREAM, STORE, API)
        .because("edges know the rules and not the other way round; return a value instead")
        .check(SERVICE);
    noClasses()
        .that()
        .resideInAPackage(STORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(STREAM, API)
        .because("storage serves both edges; let the edge call it and map the result there")
        .check(SERVICE);
    noClasses()
        .that()
        .resideInAPackage(STREAM)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(API)
        .because("a request is decided the same way however it came; move what both need to domain")
        .check(SERVICE);
    noClasses()
        .that()
        .resideInAPackage(API)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(STREAM)
        .because("a REST write is a record on a topic; publish it through RequestDesk")
        .check(SERVICE);
  }

  @Test
  @DisplayName("a service has four packages, the same in every service")
  void fourPackages() {
    classes()
        .should()
        .resideInAnyPackage(DOMAIN, STREAM, STORE, API)
        .because(
            "whoever knows one service knows all: rules go into domain, Kafka into stream,"
                + " PostgreSQL into store, REST into api")
        .check(SERVICE);
  }

  @Test
  @DisplayName("each edge keeps its technology to itself")
  void edges() {
    noClasses()
        .that()
        .resideOutsideOfPackage(STREAM)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.eclipse.microprofile.reactive..")
        .because("records are read in stream alone; publish through RequestDesk or an Answer")
        .check(SERVICE);
    noClasses()
        .that()
        .resideOutsideOfPackage(API)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .because("REST is one way to ask among others; map to a request in api")
        .check(SERVICE);
  }

  @Test
  @DisplayName("SX-03 full keys are handled where they are sealed and nowhere else")
  void keysDoNotTravel() {
    noClasses()
        .that()
        .resideInAnyPackage(DOMAIN, STREAM)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.kagimori.contracts.ProductKey")
        .because("a full key exists in KeySafe only; work with key id, fingerprint and last five")
        .check(SERVICE);
    noClasses()
        .that()
        .doNotHaveSimpleName("KeySafe")
        .and()
        .doNotHaveSimpleName("SetupKeyView")
        .should()
        .callMethod(io.kagimori.contracts.ProductKey.class, "value")
        .because("only sealing and the published setup keys need the characters")
        .check(SERVICE);
  }
}
