package io.kagimori.stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses RUNTIME =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kagimori.stream");

  @Test
  @DisplayName("the runtime knows no service")
  void noService() {
    assertThat(RUNTIME).hasSizeGreaterThan(15);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.kagimori.key..",
            "io.kagimori.activation..",
            "io.kagimori.edition..",
            "io.kagimori.esu..")
        .because("every service builds on it; what one service needs belongs into its BatchRule")
        .check(RUNTIME);
  }

  @Test
  @DisplayName("the stream side knows no REST")
  void noRest() {
    noClasses()
        .that()
        .resideInAPackage("io.kagimori.stream")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.kagimori.stream.api..", "jakarta.ws.rs..")
        .because("requests are decided the same way however they came; put REST into stream.api")
        .check(RUNTIME);
  }

  @Test
  @DisplayName("the step's pure parts know neither injection nor configuration")
  void stepWithoutContainer() {
    noClasses()
        .that()
        .haveSimpleName("BatchStep")
        .or()
        .haveSimpleName("BatchRule")
        .or()
        .haveSimpleName("Outcomes")
        .or()
        .haveSimpleName("Failures")
        .or()
        .haveSimpleName("Decided")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus..", "jakarta..", "org.eclipse.microprofile..")
        .because("tests run them on a plain broker and database; hand values in through BatchSteps")
        .check(RUNTIME);
  }

  @Test
  @DisplayName("offsets are the connector's business")
  void noConsumer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.kafka.clients.consumer.KafkaConsumer")
        .because(
            "a poll is acknowledged when BatchStep.process returns; a second consumer would commit"
                + " offsets that nobody has finished")
        .check(RUNTIME);
  }
}
