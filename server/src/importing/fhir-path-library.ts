/** The FHIRPath library with the types of FHIR R4, in a file of its own when shipped. */
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';

/** Throws for an expression that cannot be read. Nothing is fetched: functions that would ask a server fail. */
export function compileFhirPath(expression: string): (resource: object) => unknown[] {
  const run = fhirpath.compile(expression, r4, { async: false });
  return resource => {
    const found: unknown = run(resource);
    return Array.isArray(found) ? found : [];
  };
}
