package io.kagimori.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CONTRACTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kagimori.contracts");

  @Test
  void contractsKnowNoFramework() {
    assertThat(CONTRACTS).hasSizeGreaterThan(20);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..",
            "jakarta..",
            "javax.inject..",
            "java.sql..",
            "javax.sql..",
            "org.hibernate..",
            "org.eclipse.microprofile..",
            "io.smallrye..",
            "io.vertx..")
        .because(
            "every part of the system, the command line included, shares these types;"
                + " put what needs a framework into the service that needs it")
        .check(CONTRACTS);
  }

  @Test
  void theCatalogueKnowsNoMessaging() {
    noClasses()
        .that()
        .resideInAPackage("..catalogue..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "..contracts.event..", "..contracts.cloudevents..")
        .because("facts about licensing hold without any message; read them from the rules instead")
        .check(CONTRACTS);
  }
}
