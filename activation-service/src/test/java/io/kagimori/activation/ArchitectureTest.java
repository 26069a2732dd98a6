package io.kagimori.activation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Dependencies point to the domain, and the domain points nowhere. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kagimori.activation");

  @Test
  @DisplayName("Rules know no framework, no messaging, no database and no clock")
  void domainIsPure() {
    noClasses()
        .that()
        .resideInAPackage("..activation.domain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.kagimori.activation.store..",
            "io.kagimori.activation.stream..",
            "io.kagimori.activation.api..",
            "io.kagimori.stream..",
            "io.quarkus..",
            "jakarta..",
            "org.apache.kafka..",
            "org.eclipse.microprofile..",
            "io.smallrye..",
            "io.micrometer..",
            "com.fasterxml..",
            "java.sql..",
            "javax.sql..")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("a rule gets state, event and record time handed in; move the call to the edge")
        .check(CLASSES);
  }

  @Test
  @DisplayName("The store does not know the stream or the API")
  void storeIsBelow() {
    noClasses()
        .that()
        .resideInAPackage("..activation.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.kagimori.activation.stream..", "io.kagimori.activation.api..")
        .because("edges depend on the store, never the other way round")
        .check(CLASSES);
  }
}
