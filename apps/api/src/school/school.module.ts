/** The school, its classes and people, and how a person stands to them. */
import { Module } from '@nestjs/common';
import { AccessLog } from './access-log.js';
import { Assignments } from './assignments.js';
import { ClassAccess } from './class-access.js';
import { Classes } from './classes.js';
import { Enrolments } from './enrolments.js';
import { EnrolmentsController } from './enrolments.controller.js';
import { Guardianships } from './guardianships.js';
import { GuardianshipsController } from './guardianships.controller.js';
import { People } from './people.js';
import { Relations } from './relations.js';
import { RightsController } from './rights.controller.js';
import { SchoolReader } from './school-reader.js';
import { Settings } from './school-settings.js';
import { SchoolController } from './school.controller.js';
import { SettingsController } from './settings.controller.js';

@Module({
  controllers: [
    SchoolController,
    RightsController,
    SettingsController,
    GuardianshipsController,
    EnrolmentsController,
  ],
  providers: [
    Classes,
    Relations,
    AccessLog,
    ClassAccess,
    People,
    SchoolReader,
    Assignments,
    Guardianships,
    Settings,
    Enrolments,
  ],
  exports: [Classes, Relations, ClassAccess, People, Assignments, Enrolments],
})
export class SchoolModule {}
